// A backend on the emulated cloud to experiment with. README.md explains how to start it.
import io.osmo.backend.*;
import io.osmo.backend.plan.*;
import io.osmo.backend.spec.*;
import io.osmo.backend.testkit.*;
import io.osmo.backend.verify.*;

var clouds = EmulatedClouds.create();
var osmo = clouds.open();
var spec = BackendSpec.builder("train-west").on("aws", "us-west-2").computePool("cpu", p -> p.instanceType("m7i.2xlarge")).build();
var plan = osmo.plan(spec);
System.out.println(plan);
var backend = osmo.apply(plan, Progress.console());
var report = BackendVerifier.standard().verify(backend);
System.out.println(report);
