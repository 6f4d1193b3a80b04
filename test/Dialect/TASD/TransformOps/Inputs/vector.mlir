// Does to every layer what the passes do, down to vectors.
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op) {
    %layers = transform.tasd.match_layers "*" in %module : (!transform.any_op) -> !transform.any_op
    %planned = transform.tasd.plan %layers series [2:4, 2:4+1:4] max_dropped_magnitude 0.3 : (!transform.any_op) -> !transform.any_op
    %contracts = transform.tasd.convert %planned : (!transform.any_op) -> !transform.any_op
    %decomposes = transform.structured.match ops{["tasd.decompose"]} in %module : (!transform.any_op) -> !transform.any_op
    transform.tasd.pack %decomposes : (!transform.any_op) -> !transform.any_op
    transform.tasd.lower_to_vector %contracts {cache_kib = 1 : i64, vector_bits = 512 : i64} : !transform.any_op
    transform.yield
  }
}
