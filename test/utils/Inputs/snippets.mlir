// docs: negate
// CHECK-LABEL: func @negate
func.func @negate(%a: f32) -> f32 {
  // CHECK: arith.negf
  %n = arith.negf %a : f32
  return %n : f32
}
// docs: end
