// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import io.osmo.backend.testkit.fault.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permissions that a call needs. A permission is seldom called as its method: node pools have none of their own, and what joins a
 * network needs one on the network.
 *
 * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/reference/api-permissions">GKE: API permissions</a>
 * @see <a href="https://docs.cloud.google.com/compute/docs/reference/rest/v1">Compute Engine: permissions of each method</a>
 * @see <a href="https://docs.cloud.google.com/kms/docs/reference/permissions-and-roles">Cloud KMS: permissions and roles</a>
 */
final class GcpActions {
    static final String ACT_AS = "iam.serviceAccounts.actAs";
    private static final String UPDATE_POLICY = "compute.networks.updatePolicy";
    private static final Pattern METHOD =
            Pattern.compile("(Create|Get|List|Update|Delete|Destroy|Restore|Enable)([A-Z][A-Za-z]*?)(PrimaryVersion)?");

    /** What Compute Engine calls a method, where its permission has another name. */
    private static final Map<String, String> VERBS =
            Map.of("insert", "create", "aggregatedList", "list", "patch", "update");

    /** Calls on parts of a network that change its policy. */
    private static final Set<String> NETWORK_POLICY = Set.of(
            "compute.subnetworks.insert",
            "compute.routers.insert",
            "compute.routers.patch",
            "compute.routers.delete",
            "compute.firewalls.delete");

    private GcpActions() {}

    static Collection<String> of(Call call) {
        String operation = call.operation();
        String service = Dispatcher.serviceOf(operation);
        String method = operation.substring(service.length() + 1);
        return switch (service) {
            case "compute" -> compute(operation, method);
            case "container" -> container(method);
            case "cloudkms" ->
                List.of(
                        method.endsWith("IamPolicy")
                                ? "cloudkms.cryptoKeys." + Dispatcher.lower(method)
                                : named("cloudkms", method));
            // List prices are public.
            case "cloudbilling" -> List.of();
            case "gkebackup", "iam" -> List.of(named(service, method));
            case "cloudresourcemanager" ->
                method.equals("TestIamPermissions")
                        ? List.of()
                        : List.of("resourcemanager.projects."
                                + (method.equals("GetProject") ? "get" : Dispatcher.lower(method)));
            case "serviceusage" -> List.of("serviceusage." + usage(method));
            default -> throw unknown(operation);
        };
    }

    private static String usage(String method) {
        return switch (method) {
            case "GetOperation" -> "operations.get";
            case "ListServices" -> "services.list";
            default -> method.contains("Enable") ? "services.enable" : "services.get";
        };
    }

    private static List<String> compute(String operation, String method) {
        String collection = method.substring(0, method.indexOf('.'));
        String verb = method.substring(method.indexOf('.') + 1);
        if (verb.equals("testIamPermissions")) {
            return List.of();
        }
        String kind = switch (collection) {
            case "regionDisks" -> "disks";
            case "regionInstanceGroupManagers" -> "instanceGroupManagers";
            default -> collection;
        };
        List<String> permissions = new ArrayList<>(List.of("compute." + kind + "." + VERBS.getOrDefault(verb, verb)));
        if (NETWORK_POLICY.contains(operation)) {
            permissions.add(UPDATE_POLICY);
        }
        return permissions;
    }

    private static List<String> container(String method) {
        return switch (method) {
            case "CreateCluster" -> List.of("container.clusters.create", ACT_AS);
            case "CreateNodePool" -> List.of("container.clusters.update", ACT_AS);
            case "DeleteCluster" -> List.of("container.clusters.delete");
            case "GetCluster", "GetNodePool", "ListNodePools", "FetchClusterUpgradeInfo", "FetchNodePoolUpgradeInfo" ->
                List.of("container.clusters.get");
            case "ListClusters", "GetServerConfig" -> List.of("container.clusters.list");
            case "GetOperation" -> List.of("container.operations.get");
            case "ListOperations" -> List.of("container.operations.list");
            default -> List.of("container.clusters.update");
        };
    }

    /** {@code cloudkms.cryptoKeyVersions.destroy} of {@code DestroyCryptoKeyVersion}. */
    private static String named(String service, String method) {
        Matcher matcher = METHOD.matcher(method);
        if (!matcher.matches()) {
            throw unknown(service + "." + method);
        }
        String collection = Dispatcher.lower(matcher.group(2));
        return service + "." + (collection.endsWith("s") ? collection : collection + "s") + "."
                + matcher.group(1).toLowerCase(Locale.ROOT);
    }

    private static IllegalStateException unknown(String operation) {
        return new IllegalStateException("the emulator does not know what permission " + operation + " needs");
    }
}
