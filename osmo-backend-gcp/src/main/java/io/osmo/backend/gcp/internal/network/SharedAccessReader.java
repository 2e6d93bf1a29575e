// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.gcp.internal.ProjectReader;
import io.osmo.backend.gcp.internal.network.SharedAccess.Missing;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads whether GKE may use a subnet of another project: its agent is host service agent user there, and it and Google's APIs use the
 * subnet. See <a
 * href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc#enabling_and_granting_roles">granting roles</a>.
 */
final class SharedAccessReader implements Reader<GcpContext> {
    static final SharedAccessReader INSTANCE = new SharedAccessReader();

    private static final String HOST_AGENT = "roles/container.hostServiceAgentUser";
    private static final String NETWORK_USER = "roles/compute.networkUser";
    /** Roles that contain what the two above do. */
    private static final Set<String> WIDER = Set.of("roles/owner", "roles/editor");

    private SharedAccessReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return spec.flatMap(wanted -> wanted.network().existingId()).isPresent()
                ? Needs.reading("resourcemanager.projects.getIamPolicy", "compute.subnetworks.getIamPolicy")
                : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        NetworkRef ref = NetworkRef.of(context, observation.spec());
        if (!ref.isShared(context)) {
            return CompletableFuture.completedFuture(Reading.attachment(SharedAccess.class, SharedAccess.NONE));
        }
        return ProjectReader.read(context)
                .thenCompose(project -> project.number().equals(ref.project())
                        ? CompletableFuture.completedFuture(SharedAccess.NONE)
                        : context.scheduler().call(() -> access(context, ref, project)))
                .thenApply(access -> Reading.attachment(SharedAccess.class, access));
    }

    private static SharedAccess access(GcpContext context, NetworkRef ref, Project project) {
        Lookup<JsonNode> host = Lookup.of(
                context,
                "resourcemanager.projects.getIamPolicy",
                () -> context.rest()
                        .ask(
                                GcpService.RESOURCE_MANAGER,
                                "/v3/projects/" + ref.project() + ":getIamPolicy",
                                JsonNodeFactory.instance.objectNode()));
        Lookup<JsonNode> subnet = Lookup.of(
                context,
                "compute.subnetworks.getIamPolicy",
                () -> context.rest().get(GcpService.COMPUTE, "/compute/v1/" + ref.subnetPath() + "/getIamPolicy"));
        String agent = "serviceAccount:" + project.gkeAgent();
        List<Missing> missing = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        host.refused().ifPresent(refused -> unread.add("projects/" + ref.project() + ": " + refused.getMessage()));
        subnet.refused().ifPresent(refused -> unread.add(ref.subnetPath() + ": " + refused.getMessage()));
        host.found()
                .filter(policy -> !grants(policy, HOST_AGENT, agent))
                .ifPresent(policy -> missing.add(new Missing(HOST_AGENT, agent, "projects/" + ref.project())));
        if (unread.isEmpty() && subnet.found().isPresent()) {
            Stream.of(agent, "serviceAccount:" + project.apisAgent())
                    .filter(member -> Stream.concat(host.found().stream(), subnet.found().stream())
                            .noneMatch(policy -> grants(policy, NETWORK_USER, member)))
                    .forEach(member -> missing.add(new Missing(NETWORK_USER, member, ref.subnetPath())));
        }
        return new SharedAccess(missing, unread);
    }

    private static boolean grants(JsonNode policy, String role, String member) {
        for (JsonNode binding : policy.path("bindings")) {
            String granted = binding.path("role").asText();
            if (granted.equals(role) || WIDER.contains(granted)) {
                for (JsonNode each : binding.path("members")) {
                    if (each.asText().equals(member)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
