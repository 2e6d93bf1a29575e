// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Actions on clusters: credentials, start and stop, abort. */
final class ClusterActions {
    private static final Duration POWER = Duration.ofMinutes(4);
    private static final String ENTRA_LOGIN = """
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: kubelogin
                  args:
                  - get-token
                  - --server-id
                  - 6dae42f8-4368-4678-94ff-3960e28e3630
            """;

    private final AzureSubscription azure;
    private final ControlPlanes planes;
    private final AgentPools pools;
    private final PoolMachines machines;

    ClusterActions(AzureSubscription azure, ControlPlanes planes, AgentPools pools, PoolMachines machines) {
        this.azure = azure;
        this.planes = planes;
        this.pools = pools;
        this.machines = machines;
    }

    ArmReply abort(Resource cluster) {
        return abort(azure, cluster);
    }

    /** Cancels what runs on a cluster or pool. */
    static ArmReply abort(AzureSubscription azure, Resource resource) {
        Operation running = resource.running;
        if (running == null) {
            throw ArmError.conflict("OperationNotAllowed", "There is no operation to abort on " + resource + ".");
        }
        azure.cancel(
                running, ArmError.conflict("OperationCanceled", "The operation has been aborted by another request."));
        return ArmReply.noContent();
    }

    /** Takes away all nodes, or brings them back. */
    ArmReply power(Resource cluster, boolean stop) {
        azure.start(Operation.Kind.ACTION, cluster, stop ? "Stopping" : "Starting", POWER, () -> {
            cluster.computed.put("stopped", stop);
            return pools.of(cluster)
                    .flatMap(pool -> machines.reconcile(cluster, pool).stream())
                    .findFirst();
        });
        return ArmReply.accepted();
    }

    ArmReply adminCredential(Resource cluster) {
        if (cluster.properties().path("disableLocalAccounts").asBoolean()) {
            throw AksErrors.bad("Getting static credential is not allowed because this cluster is set to disable local"
                    + " accounts.");
        }
        return credential(cluster, "clusterAdmin", "    token: emulated-admin\n");
    }

    ArmReply userCredential(Resource cluster) {
        boolean entra = cluster.properties().at("/aadProfile/managed").asBoolean();
        return credential(cluster, "clusterUser", entra ? ENTRA_LOGIN : "    token: emulated-user\n");
    }

    private ArmReply credential(Resource cluster, String user, String login) {
        String name = cluster.name();
        EmulatedCluster plane = planes.find(cluster)
                .orElseThrow(() -> ArmError.conflict(
                        "OperationNotAllowed", "The managed cluster " + name + " is still being created."));
        String config = "apiVersion: v1\nkind: Config\nclusters:\n- name: " + name + "\n  cluster:\n"
                + "    server: " + plane.endpoint() + "\n"
                + "users:\n- name: " + user + "\n  user:\n" + login
                + "contexts:\n- name: " + name + "\n  context:\n    cluster: " + name
                + "\n    user: " + user + "\n"
                + "current-context: " + name + "\n";
        ObjectNode reply = Json.object();
        reply.putArray("kubeconfigs")
                .addObject()
                .put("name", user)
                .put("value", Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)));
        return ArmReply.ok(reply);
    }
}
