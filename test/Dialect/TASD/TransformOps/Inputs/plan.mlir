// Plans the layers called dense.
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %layers = transform.tasd.match_layers "dense" in %root : (!transform.any_op) -> !transform.any_op
    transform.tasd.plan %layers series [2:4] : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
