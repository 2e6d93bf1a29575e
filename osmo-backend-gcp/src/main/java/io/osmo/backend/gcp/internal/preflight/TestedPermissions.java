// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Grants;
import io.osmo.backend.spi.provider.PermissionSource;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Asks Resource Manager which permissions the caller has on the project; it needs none to answer. Roles that are inherited from folders
 * and the organization count, and so do deny policies. What an existing network or key of another project needs there is checked with it.
 *
 * @see <a href="https://docs.cloud.google.com/resource-manager/reference/rest/v3/projects/testIamPermissions">Resource Manager:
 *     projects.testIamPermissions</a>
 */
final class TestedPermissions implements PermissionSource<GcpContext> {
    /** Most permissions of one call. */
    private static final int MOST = 100;

    @Override
    public String attach() {
        return "create the custom role that this needs and bind it on the project";
    }

    @Override
    public CompletableFuture<Grants> ask(Survey<GcpContext> survey, SortedSet<String> actions) {
        GcpContext context = survey.context();
        List<String> all = List.copyOf(actions);
        List<CompletableFuture<Set<String>>> tests = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            List<String> part = all.subList(from, Math.min(all.size(), from + MOST));
            tests.add(context.async("resourcemanager.projects.testIamPermissions", () -> test(context, part)));
        }
        return Futures.all(tests).thenApply(answers -> {
            Set<String> granted = answers.stream().flatMap(Set::stream).collect(Collectors.toSet());
            return new Grants(
                    "these credentials in project " + context.project(),
                    actions.stream()
                            .filter(action -> !granted.contains(action))
                            .collect(Collectors.toMap(action -> action, action -> "")),
                    Map.of());
        });
    }

    private static Set<String> test(GcpContext context, List<String> permissions) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        permissions.forEach(request.putArray("permissions")::add);
        JsonNode answer = context.rest()
                .ask(GcpService.RESOURCE_MANAGER, "/v3/projects/" + context.project() + ":testIamPermissions", request);
        Set<String> granted = new HashSet<>();
        answer.path("permissions").forEach(each -> granted.add(each.asText()));
        return granted;
    }
}
