// RUN: tasd-opt %s '--tasd-plan=series={tw(2, columns = 0.5)+csr(above = 0.1)}' | FileCheck %s
// RUN: tasd-opt %s '--tasd-plan=series=tw(2,columns=0.5)+csr(above=0.1)' | FileCheck %s
// RUN: tasd-opt %s '--tasd-plan=series=1:2,tw(2,columns=0.5) max-dropped-magnitude=0' | FileCheck %s --check-prefix=LIST
// RUN: tasd-opt %s '--tasd-plan=series=tw(2) side=both' \
// RUN:     --remarks-filter=tasd --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=BOTH

// Patterns whose packed form depends on the data are for constants alone.

// CHECK: tasd.plan = #tasd.plan<dense, tw(2, columns = 0.5)+csr(above = 0.1) along [0] at compile_time>

// A comma inside parentheses does not end a candidate.
// LIST: tasd.plan = #tasd.plan<dense, tw(2, columns = 0.5) along [0] at compile_time>

// BOTH: other_input_dense="input 0: pattern 'tw(2)' has no packed form of fixed size, so that it is for constants alone"
// BOTH-SAME: plan="#tasd.plan<dense, tw(2) along [0] at compile_time>"
func.func @main(%x: tensor<5x2xf32>, %c: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %w = arith.constant dense<[[1.0, 0.0, 2.0], [3.0, 0.0, 4.0]]> : tensor<2x3xf32>
  %y = linalg.matmul ins(%x, %w : tensor<5x2xf32>, tensor<2x3xf32>) outs(%c : tensor<5x3xf32>) -> tensor<5x3xf32>
  return %y : tensor<5x3xf32>
}
