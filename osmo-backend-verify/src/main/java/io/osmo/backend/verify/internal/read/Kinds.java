// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static io.osmo.backend.verify.internal.read.Field.Type.BOOL;
import static io.osmo.backend.verify.internal.read.Field.Type.INTEGER;
import static io.osmo.backend.verify.internal.read.Field.Type.QUANTITY;
import static io.osmo.backend.verify.internal.read.Field.Type.STRING;
import static io.osmo.backend.verify.internal.read.Field.Type.TIME;
import static io.osmo.backend.verify.internal.read.Field.map;
import static io.osmo.backend.verify.internal.read.Field.message;
import static io.osmo.backend.verify.internal.read.Field.of;
import static io.osmo.backend.verify.internal.read.Field.repeated;
import static io.osmo.backend.verify.internal.read.Field.string;

import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.StackFacts;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is read of the Kubernetes API. {@link SnapshotReader} reads nothing else; {@link Rbac} grants nothing else. Field
 * numbers are those of {@code k8s.io/api/core/v1/generated.proto} and {@code k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto}.
 */
final class Kinds {
    /** Of a container, and of its previous run. */
    private static final Field[] STATE = {
        message(1, "waiting", string(1, "reason"), string(2, "message")),
        message(2, "running", of(TIME, 1, "startedAt")),
        message(
                3,
                "terminated",
                of(INTEGER, 1, "exitCode"),
                string(3, "reason"),
                string(4, "message"),
                of(TIME, 6, "finishedAt"))
    };

    private static final Field REQUESTS = message(8, "resources", map(QUANTITY, 2, "requests"));

    static final Kind NODES = Kind.core("nodes")
            .only(
                    message(1, "metadata", string(1, "name"), map(STRING, 11, "labels")),
                    message(
                            2,
                            "spec",
                            string(3, "providerID"),
                            of(BOOL, 4, "unschedulable"),
                            repeated(message(5, "taints", string(1, "key"), string(2, "value"), string(3, "effect"))),
                            repeated(string(7, "podCIDRs"))),
                    message(
                            3,
                            "status",
                            map(QUANTITY, 1, "capacity"),
                            map(QUANTITY, 2, "allocatable"),
                            repeated(message(4, "conditions", string(1, "type"), string(2, "status"))),
                            repeated(message(5, "addresses", string(1, "type"), string(2, "address"))),
                            message(
                                    7,
                                    "nodeInfo",
                                    string(5, "osImage"),
                                    string(6, "containerRuntimeVersion"),
                                    string(7, "kubeletVersion"),
                                    string(10, "architecture"))));
    static final Kind PODS = Kind.core("pods")
            .only(
                    message(
                            1,
                            "metadata",
                            string(1, "name"),
                            string(3, "namespace"),
                            repeated(message(13, "ownerReferences", string(1, "kind"), of(BOOL, 6, "controller")))),
                    message(
                            2,
                            "spec",
                            repeated(message(2, "containers", REQUESTS)),
                            string(10, "nodeName"),
                            repeated(message(20, "initContainers", REQUESTS, string(24, "restartPolicy"))),
                            map(QUANTITY, 32, "overhead"),
                            message(40, "resources", map(QUANTITY, 2, "requests"))),
                    message(
                            3,
                            "status",
                            string(1, "phase"),
                            repeated(message(
                                    2, "conditions", string(1, "type"), string(5, "reason"), string(6, "message"))),
                            repeated(message(
                                    8,
                                    "containerStatuses",
                                    string(1, "name"),
                                    message(2, "state", STATE),
                                    message(3, "lastState", STATE),
                                    of(INTEGER, 5, "restartCount")))));
    static final Kind NAMESPACES = Kind.core("namespaces");
    static final Kind DEPLOYMENTS = Kind.of("apps", "deployments");
    static final Kind DAEMON_SETS = Kind.of("apps", "daemonsets");
    static final Kind STORAGE_CLASSES = Kind.of("storage.k8s.io", "storageclasses");
    static final Kind CSI_DRIVERS = Kind.of("storage.k8s.io", "csidrivers");
    static final Kind CSI_NODES = Kind.of("storage.k8s.io", "csinodes");
    static final Kind PRIORITY_CLASSES = Kind.of("scheduling.k8s.io", "priorityclasses");
    static final Kind RUNTIME_CLASSES = Kind.of("node.k8s.io", "runtimeclasses");
    static final Kind VALIDATING_WEBHOOKS = Kind.of("admissionregistration.k8s.io", "validatingwebhookconfigurations");
    static final Kind MUTATING_WEBHOOKS = Kind.of("admissionregistration.k8s.io", "mutatingwebhookconfigurations");
    static final Kind ADMISSION_POLICIES = Kind.of("admissionregistration.k8s.io", "validatingadmissionpolicies")
            .whereServed();
    static final Kind ADMISSION_BINDINGS = Kind.of("admissionregistration.k8s.io", "validatingadmissionpolicybindings")
            .whereServed();
    static final Kind API_SERVICES = Kind.of("apiregistration.k8s.io", "apiservices");
    static final Kind SHARDS = Kind.of("kai.scheduler", "schedulingshards");
    static final Kind KAI_CONFIGS = Kind.of("kai.scheduler", "configs");
    static final Kind QUEUES = Kind.of("scheduling.run.ai", "queues").version("v2");
    static final Kind CLUSTER_POLICIES = Kind.of("nvidia.com", "clusterpolicies");
    static final Kind OWN_ACCESS =
            Kind.of("authorization.k8s.io", "selfsubjectaccessreviews").asked();
    static final Kind OTHERS_ACCESS =
            Kind.of("authorization.k8s.io", "subjectaccessreviews").asked();

    /** One by one: a full list includes the schemas of all definitions in the cluster, many megabytes. */
    static final Kind CRDS = Kind.of("apiextensions.k8s.io", "customresourcedefinitions")
            .named(List.of(
                    "podgroups.scheduling.run.ai",
                    "queues.scheduling.run.ai",
                    "bindrequests.scheduling.run.ai",
                    "topologies.kai.scheduler",
                    "schedulingshards.kai.scheduler",
                    "configs.kai.scheduler",
                    "clusterpolicies.nvidia.com",
                    "podmonitors.monitoring.coreos.com"));

    private static final Kind LOGS = Kind.core("pods/log").named(List.of());
    private static final Kind SECRETS = Kind.core("secrets");
    private static final Kind CLAIMS = Kind.core("persistentvolumeclaims");
    private static final Kind QUOTAS = Kind.core("resourcequotas");
    private static final Kind LIMIT_RANGES = Kind.core("limitranges");

    /** Policies of other APIs on the egress of pods, by namespace and for the whole cluster. */
    private static final List<Kind> POLICIES_OF_NAMESPACES = List.of(
            Kind.of("cilium.io", "ciliumnetworkpolicies").version("v2").whereServed(),
            Kind.of("crd.projectcalico.org", "networkpolicies").whereServed(),
            Kind.of("crd.antrea.io", "networkpolicies").version("v1beta1").whereServed());

    private static final List<Kind> POLICIES_OF_CLUSTERS = List.of(
            Kind.of("cilium.io", "ciliumclusterwidenetworkpolicies")
                    .version("v2")
                    .whereServed(),
            Kind.of("crd.projectcalico.org", "globalnetworkpolicies").whereServed(),
            Kind.of("crd.antrea.io", "clusternetworkpolicies")
                    .version("v1beta1")
                    .whereServed(),
            Kind.of("policy.networking.k8s.io", "adminnetworkpolicies")
                    .version("v1alpha1")
                    .whereServed(),
            Kind.of("policy.networking.k8s.io", "baselineadminnetworkpolicies")
                    .version("v1alpha1")
                    .whereServed(),
            Kind.of("policy.networking.k8s.io", "clusternetworkpolicies")
                    .version("v1alpha2")
                    .whereServed());

    private static final Kind NETWORK_POLICIES = Kind.of("networking.k8s.io", "networkpolicies");
    private static final Kind ENDPOINT_SLICES = Kind.of("discovery.k8s.io", "endpointslices");

    private Kinds() {}

    static List<Kind> secrets(Expectations expectations) {
        return osmo(SECRETS, expectations);
    }

    static List<Kind> claims(Expectations expectations) {
        return osmo(CLAIMS, expectations);
    }

    static List<Kind> networkPolicies(Expectations expectations) {
        return osmo(NETWORK_POLICIES, expectations);
    }

    /** Read only where their group is served. */
    static List<Kind> foreignPolicies(Expectations expectations) {
        return Stream.concat(
                        Stream.concat(POLICIES_OF_NAMESPACES.stream(), ofServices(true))
                                .flatMap(kind -> osmo(kind, expectations).stream()),
                        Stream.concat(POLICIES_OF_CLUSTERS.stream(), ofServices(false)))
                .toList();
    }

    private static Stream<Kind> ofServices(boolean namespaced) {
        return CloudServices.all().stream()
                .flatMap(service -> service.egressPolicies().stream())
                .filter(policy -> policy.namespaced() == namespaced)
                .map(policy -> Kind.of(policy.group(), policy.resource())
                        .version(policy.version())
                        .whereServed());
    }

    static List<Kind> limitRanges(Expectations expectations) {
        return osmo(LIMIT_RANGES, expectations);
    }

    static List<Kind> quotas(Expectations expectations) {
        return Stream.concat(Stream.of(QUOTAS.in(StackFacts.GPU_NAMESPACE)), osmo(QUOTAS, expectations).stream())
                .distinct()
                .toList();
    }

    /** In two namespaces, and for the webhooks of others wherever their services are. */
    static List<Kind> endpoints() {
        return List.of(ENDPOINT_SLICES.in("kube-system"), ENDPOINT_SLICES.in(StackFacts.KAI_NAMESPACE));
    }

    /** Those of one service. */
    static Kind endpoints(String namespace, String service) {
        return ENDPOINT_SLICES.in(namespace).labeled("kubernetes.io/service-name=" + service);
    }

    /** Logs of the pods of OSMO's operator. */
    static Kind logs(Expectations expectations) {
        return LOGS.in(expectations.operatorNamespace());
    }

    /** Helm stores each revision in a Secret with labels that describe it; its content is not requested. */
    static List<Kind> helmReleases(Expectations expectations) {
        return Stream.of(expectations.operatorNamespace(), StackFacts.KAI_NAMESPACE, StackFacts.GPU_NAMESPACE)
                .distinct()
                .map(namespace -> SECRETS.in(namespace).metadata("owner=helm"))
                .toList();
    }

    static List<Kind> all(Expectations expectations) {
        return Stream.of(
                        List.of(
                                NODES,
                                PODS,
                                NAMESPACES,
                                DEPLOYMENTS,
                                DAEMON_SETS,
                                STORAGE_CLASSES,
                                CSI_DRIVERS,
                                CSI_NODES,
                                PRIORITY_CLASSES,
                                RUNTIME_CLASSES,
                                VALIDATING_WEBHOOKS,
                                MUTATING_WEBHOOKS,
                                ADMISSION_POLICIES,
                                ADMISSION_BINDINGS,
                                API_SERVICES,
                                CRDS,
                                SHARDS,
                                KAI_CONFIGS,
                                QUEUES,
                                CLUSTER_POLICIES,
                                OWN_ACCESS,
                                OTHERS_ACCESS),
                        secrets(expectations),
                        claims(expectations),
                        networkPolicies(expectations),
                        foreignPolicies(expectations),
                        limitRanges(expectations),
                        quotas(expectations),
                        List.of(ENDPOINT_SLICES),
                        helmReleases(expectations),
                        List.of(logs(expectations)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Kind> osmo(Kind kind, Expectations expectations) {
        return Stream.of(expectations.operatorNamespace(), expectations.workflowNamespace())
                .distinct()
                .map(kind::in)
                .toList();
    }
}
