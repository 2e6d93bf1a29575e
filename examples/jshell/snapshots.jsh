// Takes a snapshot of a cluster before and after a change, and prints the difference.
// jshell --class-path osmo-backend-shell.jar --startup osmo.jsh examples/jshell/snapshots.jsh
var spec = BackendSpec.builder("train-west").on("aws", "us-west-2").computePool("cpu", p -> p.instanceType("m7i.2xlarge")).build();
var verifier = BackendVerifier.standard();
var before = verifier.snapshot(osmo.apply(osmo.plan(spec)));
var larger = spec.toBuilder().changePool("cpu", p -> p.scale(3, 20)).build();
var after = verifier.snapshot(osmo.apply(osmo.plan(larger)));
after.changesSince(before).forEach(System.out::println);
