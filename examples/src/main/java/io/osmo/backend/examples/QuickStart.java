// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import io.osmo.backend.testkit.osmo.OsmoCharts;
import io.osmo.backend.values.OsmoValues;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.report.Report;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A backend from start to end on an emulated cloud: preflight, plan, apply, verify, register with OSMO, scale, verify again, destroy.
 * It needs no account and is fast, because it runs in virtual time. The code is the same for a real cloud. {@code -Dcloud=aws} selects
 * the cloud.
 */
public final class QuickStart {
    /** The emulated clouds, with region, CPU type and GPU type. */
    private enum Cloud {
        AWS("us-west-2", "m7i.2xlarge", "p5.48xlarge"),
        AZURE("eastus2", "Standard_D8s_v5", "Standard_NC40ads_H100_v5"),
        GCP("us-central1", "n2-standard-8", "a3-highgpu-8g");

        private final String region;
        private final String cpuType;
        private final String gpuType;

        Cloud(String region, String cpuType, String gpuType) {
            this.region = region;
            this.cpuType = cpuType;
            this.gpuType = gpuType;
        }

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Cloud of(String id) {
            return Arrays.stream(values())
                    .filter(cloud -> cloud.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no cloud " + id + "; there are: "
                            + Arrays.stream(values()).map(Cloud::id).collect(Collectors.joining(", "))));
        }
    }

    private static final String SERVICE = "https://osmo.example.com";

    private QuickStart() {}

    public static void main(String[] arguments) {
        run(System.getProperty("cloud", "aws"));
    }

    /**
     * Runs on an emulated cloud and prints to the standard output.
     *
     * @throws IllegalArgumentException if there is no such cloud
     */
    public static void run(String id) {
        Cloud cloud = Cloud.of(id);
        String ngcKey = "not-a-real-key";
        String token = "not-a-real-token-but-as-long-as-one-has-to-";

        BackendSpec spec = BackendSpec.builder("train-west")
                .on(cloud.id(), cloud.region)
                .computePool("cpu", p -> p.instanceType(cloud.cpuType).scale(1, 20))
                .gpuPool("h100", p -> p.instanceType(cloud.gpuType).scale(0, 8))
                .pullSecret("nvcr.io", "$oauthtoken", () -> ngcKey)
                .osmo(o -> o.release("6.4.0").serviceUrl(SERVICE).token(() -> token))
                .deletionProtection(false)
                .build();

        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            step("Can it be built?", "osmo.preflight(spec)");
            System.out.println(osmo.preflight(spec));

            step("What would change?", "osmo.plan(spec)");
            Plan plan = osmo.plan(spec);
            System.out.println(plan);

            step(
                    "Build it (virtual time: a quarter of an hour takes a moment)",
                    "osmo.apply(plan, Progress.console())");
            Backend backend = osmo.apply(plan, Progress.console());

            step("Does it satisfy OSMO?", "BackendVerifier.standard().verify(backend)");
            System.out.println(BackendVerifier.standard().verify(backend));

            online(clouds, osmo, spec, backend);

            step("Scale a pool: the plan shows that and nothing else", "osmo.plan(larger)");
            BackendSpec larger =
                    spec.toBuilder().changePool("cpu", p -> p.scale(4, 40)).build();
            Plan scale = osmo.plan(larger);
            System.out.println(scale);
            backend = osmo.apply(scale, Progress.console());

            step("Does it still?", "report.requirePassed()");
            BackendVerifier.standard().verify(backend).requirePassed();
            System.out.println("Yes: nothing failed, nothing that must hold is unknown.");

            step("Destroy it", "osmo.apply(osmo.planDestroy(spec.ref()), Progress.console())");
            Plan destroy = osmo.planDestroy(spec.ref());
            System.out.println(destroy);
            Backend gone = osmo.apply(destroy, Progress.console());

            step("Is anything left?", "gone.leftovers(), osmo.list(…)");
            gone.leftovers().forEach(System.out::println);
            System.out.println("Backends in " + cloud.region + ": " + osmo.list(cloud.id(), cloud.region));
            System.out.println(osmo.planDestroy(spec.ref()));
        }
    }

    /** From a cluster to a pool that OSMO shows as ONLINE. */
    private static void online(EmulatedClouds clouds, OsmoBackends osmo, BackendSpec spec, Backend backend) {
        try (EmulatedOsmoService service = register(clouds, osmo, spec, backend);
                OsmoServiceClient client = OsmoServiceClient.builder(spec)
                        .url(service.url().toString())
                        .scheduler(clouds.time())
                        .build()) {
            step("Does OSMO accept it?", "BackendVerifier.standard().osmo(client).verify(backend).osmo()");
            Report report = BackendVerifier.standard().osmo(client).verify(backend);
            report.requirePassed();
            report.osmo().ifPresent(acceptance -> System.out.println(acceptance.text()));
        }
    }

    /** What an administrator of OSMO does, and Helm: here both are emulated. */
    private static EmulatedOsmoService register(
            EmulatedClouds clouds, OsmoBackends osmo, BackendSpec spec, Backend backend) {
        step("Tell the OSMO service of it, install KAI and OSMO's operator", "osmo.values(spec, backend)");
        OsmoValues values = osmo.values(spec, backend);
        OsmoService names = spec.osmo().orElseThrow();
        EmulatedOsmoService service = EmulatedOsmoService.on(clouds.time());
        service.declare(values);
        service.credential(spec.name(), names.token().orElseThrow().reveal());
        EmulatedCluster cluster = clouds.cloud(spec.provider()).cluster(spec.ref());
        OsmoCharts.installKai(cluster);
        OsmoCharts.installOperator(cluster, values, names.operatorNamespace());
        service.attach(cluster);
        clouds.time().advance(Duration.ofMinutes(1));
        System.out.println(
                "OSMO's administrator merges values.serviceYaml(), and Helm installs with values.operatorYaml().");
        return service;
    }

    static void step(String question, String call) {
        System.out.println("\n━━ " + question + "\n   " + call + "\n");
    }
}
