// RUN: tasd-opt %s -split-input-file -verify-diagnostics

// Each constraint of the ops, broken once.

// match_layers_c1
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.match_layers' op expected a glob: invalid glob pattern, unmatched '['}}
  %0 = transform.tasd.match_layers "enc[" in %module : (!transform.any_op) -> !transform.any_op
}

// -----

// transform_plan_c1
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.plan' op max-dropped-magnitude: expected a share of 0 to 1 but got 1.5}}
  %0 = transform.tasd.plan %module series [2:4] max_dropped_magnitude 1.5 : (!transform.any_op) -> !transform.any_op
}

// -----

// transform_plan_c2: without a bound
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.plan' op series: expected exactly one series without a bound but got 2}}
  %0 = transform.tasd.plan %module series [2:4, 4:8] : (!transform.any_op) -> !transform.any_op
}

// -----

// transform_plan_c2: with a bound
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.plan' op series: expected a series but got 0}}
  %0 = transform.tasd.plan %module series [] max_dropped_magnitude 0.0 : (!transform.any_op) -> !transform.any_op
}

// -----

// transform_plan_c3: the objective
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.plan' op objective: expected latency, energy or edp but got 'speed'}}
  %0 = transform.tasd.plan %module series [2:4] machine "stc" objective "speed" : (!transform.any_op) -> !transform.any_op
}

// -----

// transform_plan_c3: its machine
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.plan' op objective: expected a machine}}
  %0 = transform.tasd.plan %module series [2:4] objective "energy" : (!transform.any_op) -> !transform.any_op
}

// -----

// the text of a series
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{expected 1 <= N <= M <= 64 but got 5:4}}
  %0 = transform.tasd.plan %module series [5:4] : (!transform.any_op) -> !transform.any_op
}

// -----

// lower_to_vector_c1
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{'transform.tasd.lower_to_vector' op expected vectors of 256 or 512 bits but got 100}}
  transform.tasd.lower_to_vector %module {vector_bits = 100 : i64} : !transform.any_op
}

// -----

// lower_to_vector_c2
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{attribute 'cache_kib' failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  transform.tasd.lower_to_vector %module {cache_kib = 0 : i64} : !transform.any_op
}

// -----

// lower_to_vector_c3
transform.sequence failures(propagate) {
^bb0(%module: !transform.any_op):
  // expected-error @+1 {{attribute 'threads' failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  transform.tasd.lower_to_vector %module {threads = 0 : i64} : !transform.any_op
}
