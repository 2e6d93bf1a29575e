// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.CloudFacts.NetworkFacts;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.OsmoReleases;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of OSMO's charts for one spec. The paths are those of the charts of each release. */
public final class ValuesOfSpec {
    /** Where OSMO's own images come from. */
    private static final String OSMO_REGISTRY = "nvcr.io";

    private final BackendSpec spec;
    private final OsmoService osmo;
    private final String release;
    private final boolean oneChart;
    private final Platforms platforms;
    private final Optional<WorkflowNetwork> network;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param service what the managed service does by default; empty if the provider is not known
     * @param ranges address ranges of the cluster, if the facts do not contain them
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public ValuesOfSpec(
            BackendSpec spec,
            Optional<ServiceDefaults> service,
            Optional<CloudFacts> facts,
            Optional<AddressRanges> ranges) {
        this.spec = spec;
        this.osmo = spec.osmo().orElseThrow(() -> missing("osmo", "osmo with release and serviceUrl"));
        this.release = osmo.release().orElseThrow(() -> missing("osmo.release", OsmoReleases.supported()));
        this.oneChart =
                OsmoReleases.of(release).filter(OsmoReleases.V6_4::equals).isPresent();
        if (service.isEmpty()) {
            notes.add("The provider " + spec.provider()
                    + " is not on the class path: taints that its service adds to nodes by itself are not tolerated.");
        }
        ServiceDefaults known = service.orElse(ServiceDefaults.UNKNOWN);
        this.platforms = new Platforms(spec, known, backendName(), facts, notes);
        if (!oneChart) {
            notes.add(
                    "services.configs.enabled moves the whole configuration of the service into its values. A service that keeps it in its "
                            + "database must be given the same entries by its API instead.");
        }
        this.network = WorkflowNetwork.of(
                known,
                ranges.or(() -> facts.flatMap(found -> found.network().known()).map(NetworkFacts::ranges)),
                notes);
    }

    private static InvalidSpecException missing(String path, String allowed) {
        return new InvalidSpecException(List.of(new Violation(
                path,
                Optional.empty(),
                "nothing",
                allowed,
                "Name the release that the OSMO service runs; values differ between releases.")));
    }

    public String release() {
        return release;
    }

    public List<String> notes() {
        return notes;
    }

    private String backendName() {
        return osmo.backendName().orElse(spec.name());
    }

    /** Values of the operator's chart. */
    public Map<String, @Nullable Object> operator() {
        return oneChart ? computePlane() : backendOperator();
    }

    private Map<String, @Nullable Object> backendOperator() {
        Map<String, @Nullable Object> global = Tree.of(
                "osmoImageTag", release,
                "serviceUrl", osmo.serviceUrl(),
                "agentNamespace", osmo.operatorNamespace(),
                "backendName", backendName(),
                "backendNamespace", osmo.workflowNamespace(),
                "loginMethod", "token",
                "accountTokenSecret", osmo.tokenSecretName(),
                "accountTokenSecretKey", "token");
        pullSecret().ifPresent(secret -> global.put("imagePullSecret", secret));
        global.put("nodeSelector", platforms.operatorSelector());
        global.put("tolerations", platforms.operatorTolerations());
        global.put("priorityClasses", Tree.of("enabled", false));
        global.put("networkPolicy", network(false));
        return Tree.of(
                "global",
                global,
                "podMonitor",
                Tree.of("enabled", false),
                "backendTestRunner",
                Tree.of("enabled", false));
    }

    private Map<String, @Nullable Object> computePlane() {
        Map<String, @Nullable Object> values = Tree.of(
                "planes",
                Tree.of("control", Tree.of("enabled", false), "compute", Tree.of("enabled", true)),
                "externalUrl",
                osmo.serviceUrl(),
                "imageTag",
                release);
        pullSecret().ifPresent(secret -> values.put("imagePullSecrets", List.of(Tree.of("name", secret))));
        values.put(
                "podDefaults",
                Tree.of(
                        "nodeSelector", platforms.operatorSelector(),
                        "tolerations", platforms.operatorTolerations()));
        values.put(
                "compute",
                Tree.of(
                        "backendName",
                        backendName(),
                        "workloadNamespace",
                        Tree.of("name", osmo.workflowNamespace(), "create", false),
                        "authentication",
                        Tree.of("existingSecret", osmo.tokenSecretName(), "tokenKey", "token"),
                        "priorityClasses",
                        Tree.of("create", false),
                        "workflowNetworkPolicy",
                        network(true)));
        values.put("monitoring", Tree.of("podMonitor", Tree.of("compute", Tree.of("enabled", false))));
        values.put("services", Tree.of("backendTestRunner", Tree.of("enabled", false)));
        return values;
    }

    /** @param refusesUnknownRanges whether the chart fails without ranges */
    private Map<String, @Nullable Object> network(boolean refusesUnknownRanges) {
        Map<String, @Nullable Object> policy = Tree.of("enabled", network.isPresent());
        network.ifPresent(known -> {
            policy.put("clusterCIDRs", known.ranges());
            policy.put("dnsNamespace", "kube-system");
            policy.put("additionalEgressRules", known.rules());
            if (refusesUnknownRanges) {
                policy.put("allowAllClusterEgress", false);
            }
        });
        return policy;
    }

    private Optional<String> pullSecret() {
        return spec.pullSecrets().stream()
                .filter(secret -> secret.registry().equals(OSMO_REGISTRY))
                .map(PullSecret::secretName)
                .findFirst();
    }

    /** What the service must know about the backend. */
    public Map<String, @Nullable Object> service() {
        Map<String, @Nullable Object> configuration = Tree.of(
                "enabled",
                true,
                "backends",
                Tree.of(
                        backendName(),
                        Tree.of(
                                "description",
                                "Cluster " + spec.name() + " in " + spec.region() + " (" + spec.provider() + ")",
                                "k8s_namespace",
                                osmo.workflowNamespace(),
                                "router_address",
                                osmo.serviceUrl().replaceFirst("^https:", "wss:"))),
                "podTemplates",
                platforms.podTemplates(),
                "resourceValidations",
                platforms.validations(),
                "pools",
                Tree.of(osmo.poolName(), pool()));
        if (!osmo.poolName().equals(Platforms.DEFAULT)) {
            configuration.put("roles", Tree.of("osmo-user-" + osmo.poolName(), role()));
        }
        if (!oneChart) {
            return Tree.of("services", Tree.of("configs", configuration));
        }
        String identity = "backend-operator-" + backendName();
        return Tree.of(
                "configuration",
                configuration,
                "authentication",
                Tree.of(
                        "bootstrap",
                        Tree.of(
                                "identities",
                                Tree.of(
                                        identity,
                                        Tree.of(
                                                "enabled",
                                                true,
                                                "username",
                                                identity,
                                                "roles",
                                                List.of("osmo-backend"),
                                                "tokens",
                                                Tree.of(
                                                        "primary",
                                                        Tree.of(
                                                                "existingSecret",
                                                                Tree.of(
                                                                        "name",
                                                                        osmo.tokenSecretName(),
                                                                        "key",
                                                                        "token"))))))));
    }

    /** The lists are those of the charts, but for validations: each platform has its own. Helm replaces lists as a whole. */
    private Map<String, @Nullable Object> pool() {
        return Tree.of(
                "description",
                "Nodes of " + backendName(),
                "backend",
                backendName(),
                "default_platform",
                platforms.defaultPlatform(),
                "common_pod_template",
                List.of("default_ctrl", "default_user"),
                "common_resource_validations",
                List.of(),
                "common_default_variables",
                Tree.of("USER_CPU", 1, "USER_GPU", 0, "USER_MEMORY", "1Gi", "USER_STORAGE", "1Gi"),
                "platforms",
                platforms.platforms(osmo.poolName()));
    }

    /** The role of all users names the pool {@code default} alone. */
    private Map<String, @Nullable Object> role() {
        return Tree.of(
                "description",
                "Users may run workflows in the pool " + osmo.poolName(),
                "policies",
                List.of(Tree.of(
                        "effect",
                        "Allow",
                        "actions",
                        List.of("workflow:*"),
                        "resources",
                        List.of("pool/" + osmo.poolName()))),
                "external_roles",
                List.of("osmo-user"));
    }
}
