// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Runs all pairs of edits of one spec from the command line, each on a new emulated cloud: both edits in one apply, and then the next plan
 * must be empty. Arguments: the cloud ({@code aws}, {@code azure}, {@code gcp} or {@code existing}), and the number of the first edit to
 * pair with later ones. A pair that the spec or the plan refuses is told and does not fail. The exit code is 1 when any pair has failed.
 */
public final class EditPairs {
    private static final ApplyOptions ALL = ApplyOptions.defaults().allow(Disruption.DATA);

    private static final String TOKEN_SECRET = "agent-token";

    private final Cloud cloud;

    /** Of the pair that is being made. */
    private AksSettings.Builder aks = AksSettings.builder();

    /** Likewise. */
    private ExistingSettings existing = ExistingSettings.defaults();

    private final List<Map.Entry<String, UnaryOperator<BackendSpecBuilder>>> edits;

    private record Cloud(
            String provider, String region, String machine, String other, String gpu, String admin, String version) {}

    private static final Map<String, Cloud> CLOUDS = Map.of(
            "aws",
            new Cloud(
                    "aws",
                    "us-west-2",
                    "m7i.2xlarge",
                    "m6i.2xlarge",
                    "g6.xlarge",
                    "arn:aws:iam::123456789012:role/Admin",
                    "1.35"),
            "azure",
            new Cloud(
                    "azure",
                    "eastus2",
                    "Standard_D8s_v5",
                    "Standard_D8s_v3",
                    "Standard_NC4as_T4_v3",
                    "22222222-0000-4000-8000-000000000001",
                    "1.36"),
            "gcp",
            new Cloud(
                    "gcp",
                    "us-central1",
                    "n2-standard-8",
                    "n2d-standard-8",
                    "g2-standard-4",
                    "ada@example.com",
                    "1.35"),
            "existing",
            new Cloud("existing", "lab", "lab-8", "lab-4", "lab-gpu", "ada", "1.35"));

    private static final Map<String, String[]> ZONES = Map.of(
            "aws", new String[] {"us-west-2a", "us-west-2b", "us-west-2c"},
            "azure", new String[] {"1", "2", "3"},
            "gcp", new String[] {"us-central1-a", "us-central1-b", "us-central1-c"},
            "existing", new String[] {"lab-a", "lab-b", "lab-c"});

    private EditPairs(Cloud cloud) {
        this.cloud = cloud;
        Map<String, UnaryOperator<BackendSpecBuilder>> all = new LinkedHashMap<>(pools());
        all.putAll(others());
        if (cloud.provider().equals("azure")) {
            all.putAll(azure());
        }
        if (cloud.provider().equals("existing")) {
            all.putAll(inside());
        }
        this.edits = List.copyOf(all.entrySet());
    }

    private Map<String, UnaryOperator<BackendSpecBuilder>> pools() {
        String[] zones = ZONES.get(cloud.provider());
        Map<String, UnaryOperator<BackendSpecBuilder>> edits = new LinkedHashMap<>();
        edits.put("scale", s -> s.changePool("cpu", p -> p.scale(2, 6)));
        edits.put("more types", s -> s.changePool("cpu", p -> p.instanceTypes(cloud.other(), cloud.machine())));
        edits.put("other type", s -> s.changePool("cpu", p -> p.instanceType(cloud.other())));
        edits.put("spot", s -> s.changePool("cpu", p -> p.spot(true)));
        edits.put("disk", s -> s.changePool("cpu", p -> p.diskGib(300)));
        edits.put("label", s -> s.changePool("cpu", p -> p.label("team", "research")));
        edits.put("taint", s -> s.changePool("cpu", p -> p.taint("team", "a", Taint.Effect.NO_SCHEDULE)));
        edits.put("evicting taint", s -> s.changePool("cpu", p -> p.taint("stop", "now", Taint.Effect.NO_EXECUTE)));
        edits.put("pool zones", s -> s.changePool("cpu", p -> p.zones(zones[1])));
        edits.put("recreate", s -> s.changePool("cpu", p -> p.replacement(Replacement.RECREATE)));
        edits.put("remove pool", s -> s.removePool("other"));
        edits.put(
                "add pool",
                s -> s.computePool("third", p -> p.instanceType(cloud.machine()).scale(1, 2)));
        edits.put(
                "add GPU pool",
                s -> s.gpuPool("gpu", p -> p.instanceType(cloud.gpu()).scale(0, 2)));
        edits.put("operator pool", s -> s.operatorPool(p -> p.scale(2, 4).tainted(true)));
        return edits;
    }

    private Map<String, UnaryOperator<BackendSpecBuilder>> others() {
        Map<String, UnaryOperator<BackendSpecBuilder>> edits = new LinkedHashMap<>();
        edits.put("network zones", s -> s.network(n -> n.zones(ZONES.get(cloud.provider()))));
        edits.put("tag", s -> s.tag("team", "research"));
        edits.put("admin", s -> s.admin(cloud.admin()));
        edits.put("protection", s -> s.deletionProtection(true));
        edits.put("version", s -> s.kubernetesVersion(cloud.version()));
        edits.put("newest images", s -> s.nodeImages(NodeImages.LATEST));
        edits.put("no backup", s -> s.backup(b -> b.enabled(false)));
        edits.put("backup days", s -> s.backup(b -> b.retentionDays(60)));
        edits.put("public endpoint", s -> s.apiEndpoint(e -> e.publicAccess("203.0.113.0/24")));
        edits.put("pull secret", s -> s.pullSecret("nvcr.io", "$oauthtoken", () -> "key"));
        edits.put("storage class", s -> s.storage(c -> c.className("fast")));
        edits.put("development", s -> s.profile(Profile.DEVELOPMENT));
        return edits;
    }

    private Map<String, UnaryOperator<BackendSpecBuilder>> azure() {
        Map<String, UnaryOperator<BackendSpecBuilder>> edits = new LinkedHashMap<>();
        edits.put(
                "system type",
                s -> s.settings(aks.systemInstanceType("Standard_D16s_v5").build()));
        edits.put("system nodes", s -> s.settings(aks.systemNodes(3).build()));
        edits.put("OS of nodes", s -> s.settings(aks.nodeOsSku("AzureLinux").build()));
        edits.put("host encryption", s -> s.settings(aks.hostEncryption(true).build()));
        edits.put("upgrade channel", s -> s.settings(aks.upgradeChannel("patch").build()));
        return edits;
    }

    /** Of what is in the cluster: all that the provider of existing clusters changes. */
    private Map<String, UnaryOperator<BackendSpecBuilder>> inside() {
        Map<String, UnaryOperator<BackendSpecBuilder>> edits = new LinkedHashMap<>();
        edits.put("other provisioner", s -> s.settings(existing = existing.withStorage("other.io", parameters())));
        edits.put("no provisioner", s -> s.settings(existing = ExistingSettings.defaults()));
        edits.put("no parameters", s -> s.settings(existing = existing.withStorage(driver(), Map.of())));
        edits.put("kubeconfig", s -> s.settings(existing = existing.withKubeconfig("other")));
        edits.put("operator namespace", s -> s.osmo(o -> o.operatorNamespace("ops")));
        edits.put("workflow namespace", s -> s.osmo(o -> o.workflowNamespace("work")));
        edits.put(
                "namespaces exchanged",
                s -> s.osmo(o -> o.operatorNamespace("osmo-workflows").workflowNamespace("osmo-operator")));
        edits.put("token Secret", s -> s.osmo(o -> o.tokenSecretName("moved")));
        edits.put("other token", s -> s.osmo(o -> o.token(() -> "b".repeat(43))));
        edits.put("Helm release", s -> s.osmo(o -> o.helmRelease("other")));
        edits.put("release of OSMO", s -> s.osmo(o -> o.release("6.4.0")));
        edits.put(
                "pull secret under the name of the token",
                s -> s.pullSecret("second.example.com", "robot", Secret.of("second", () -> "x"), TOKEN_SECRET)
                        .osmo(o -> o.tokenSecretName("elsewhere")));
        return edits;
    }

    private String driver() {
        return existing.provisioner().orElse("first.io");
    }

    private Map<String, String> parameters() {
        return Map.of("replicas", "3");
    }

    private BackendSpecBuilder base() {
        aks = AksSettings.builder();
        existing = ExistingSettings.defaults().withStorage("first.io", parameters());
        String[] zones = ZONES.get(cloud.provider());
        BackendSpecBuilder base = BackendSpec.builder("train-west")
                .on(cloud.provider(), cloud.region())
                .deletionProtection(false)
                .apiEndpoint(e -> e.publicAccess("198.51.100.0/24"))
                .network(n -> n.zones(zones[0], zones[1]))
                .computePool(
                        "cpu", p -> p.instanceType(cloud.machine()).scale(1, 4).drainMinutes(5))
                .computePool(
                        "other",
                        p -> p.instanceType(cloud.machine()).scale(1, 2).drainMinutes(5));
        return cloud.provider().equals("existing")
                ? base.settings(existing)
                        .pullSecret("first.example.com", "robot", Secret.of("first", () -> "first"), "first-pull")
                        .osmo(o -> o.release("6.3.1")
                                .serviceUrl("https://osmo.example.com")
                                .token(() -> "a".repeat(43)))
                : base;
    }

    /** What became of a pair; empty when one apply was enough. */
    private String run(UnaryOperator<BackendSpecBuilder> one, UnaryOperator<BackendSpecBuilder> two) {
        BackendSpec spec;
        try {
            spec = two.apply(one.apply(base())).build();
        } catch (InvalidSpecException invalid) {
            return "no spec: " + firstLine(invalid);
        }
        try (EmulatedClouds clouds = clouds();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(base().build()));
            Plan plan;
            try {
                plan = osmo.plan(spec);
            } catch (UnsupportedChangeException | InvalidSpecException refused) {
                return "refused: " + firstLine(refused);
            }
            osmo.apply(plan, ALL);
            List<?> left = osmo.plan(spec).changes();
            return left.isEmpty() ? "" : "FAILED: left over " + left;
        } catch (RuntimeException failed) {
            return "FAILED: " + failed;
        }
    }

    private EmulatedClouds clouds() {
        EmulatedClouds clouds = EmulatedClouds.builder()
                .aws(aws -> aws.principal("role/Admin").quota("L-3819A6DF", 400).quota("L-34B43A08", 400))
                .build();
        if (cloud.provider().equals("azure")) {
            clouds.azure().plantPrincipal(cloud.admin());
        }
        if (cloud.provider().equals("existing")) {
            ((EmulatedExisting) clouds.cloud("existing")).nodes(2, cloud.machine(), Map.of("node-type", "compute"));
        }
        return clouds;
    }

    private static String firstLine(Exception e) {
        return e.getClass().getSimpleName() + " "
                + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    private boolean runAll(int first) {
        List<String> failed = new ArrayList<>();
        int pairs = 0;
        int refused = 0;
        for (int i = first; i < edits.size(); i++) {
            for (int j = i + 1; j < edits.size(); j++) {
                String pair = edits.get(i).getKey() + " + " + edits.get(j).getKey();
                String outcome = run(edits.get(i).getValue(), edits.get(j).getValue());
                pairs++;
                if (!outcome.isEmpty()) {
                    System.out.println(pair + ": " + outcome);
                    refused += outcome.startsWith("FAILED") ? 0 : 1;
                }
                if (outcome.startsWith("FAILED")) {
                    failed.add(pair);
                }
            }
            System.out.println(cloud.provider() + ": " + (i + 1) + " of " + edits.size() + " edits done, " + pairs
                    + " pairs, " + refused + " refused, " + failed.size() + " failed");
        }
        return failed.isEmpty();
    }

    public static void main(String[] arguments) {
        Cloud cloud = CLOUDS.get(arguments[0]);
        int first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        System.exit(new EditPairs(cloud).runAll(first) ? 0 : 1);
    }
}
