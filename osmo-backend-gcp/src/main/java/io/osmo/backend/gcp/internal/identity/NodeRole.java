// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the account of the nodes may do: write logs and metrics, and nothing more. It is a binding in the policy of the project, which
 * others change too: the policy is read, changed by one member and written with its etag, so that no other change is lost.
 */
public final class NodeRole extends GcpResource<NodeRole.Members> implements Resource<NodeRole.Members> {
    public static final ResourceId ID = ResourceId.of("project-role", "nodes");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("resourcemanager.projects.getIamPolicy")
            .create("resourcemanager.projects.setIamPolicy")
            .update("resourcemanager.projects.setIamPolicy")
            .destroy("resourcemanager.projects.setIamPolicy");

    static final String ROLE = "roles/container.defaultNodeServiceAccount";

    /** The backend's members of the role, including those of a deleted account: {@code deleted:serviceAccount:…?uid=…}. */
    public record Members(Set<String> members) {
        public Members {
            members = Set.copyOf(members);
        }
    }

    public NodeRole(GcpContext context) {
        super(context, ID, Members.class, Set.of(NodeAccount.ID), seconds(2, 2, 2), ROLE + " for the nodes");
    }

    private static String member(GcpContext context) {
        return "serviceAccount:" + NodeAccount.email(context);
    }

    private static boolean isOurs(GcpContext context, String member) {
        return member.equals(member(context)) || member.startsWith("deleted:" + member(context) + "?");
    }

    static Optional<Members> find(GcpContext context) {
        Set<String> ours = new TreeSet<>();
        for (JsonNode binding : policy(context).path("bindings")) {
            if (isRole(binding)) {
                binding.path("members").forEach(m -> {
                    if (isOurs(context, m.asText())) {
                        ours.add(m.asText());
                    }
                });
            }
        }
        return ours.isEmpty() ? Optional.empty() : Optional.of(new Members(ours));
    }

    private static boolean isRole(JsonNode binding) {
        return binding.path("role").asText().equals(ROLE) && !binding.has("condition");
    }

    /** Version 3 includes conditions: a policy that was read without its conditions must not be written back. */
    private static JsonNode policy(GcpContext context) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.putObject("options").put("requestedPolicyVersion", 3);
        return context.call(
                "resourcemanager.projects.getIamPolicy",
                () -> context.rest()
                        .ask(
                                GcpService.RESOURCE_MANAGER,
                                "/v3/projects/" + context.project() + ":getIamPolicy",
                                options));
    }

    @Override
    public Optional<Members> read(State state) {
        return find(context);
    }

    @Override
    public Members create(State state) {
        change(true);
        return new Members(Set.of(member(context)));
    }

    @Override
    public List<FieldChange> compare(Members observed, State state) {
        return observed.members().equals(Set.of(member(context)))
                ? List.of()
                : List.of(FieldChange.inPlace("members", new TreeSet<>(observed.members()), member(context)));
    }

    @Override
    public void update(Members observed, List<FieldChange> changes, State state) {
        change(true);
    }

    @Override
    public void delete(Members observed, State state) {
        change(false);
    }

    private void change(boolean member) {
        ObjectNode policy = policy(context).deepCopy();
        ArrayNode bindings = JsonNodeFactory.instance.arrayNode();
        Set<String> members = new TreeSet<>();
        for (JsonNode binding : policy.path("bindings")) {
            if (isRole(binding)) {
                binding.path("members").forEach(m -> members.add(m.asText()));
            } else {
                bindings.add(binding);
            }
        }
        members.removeIf(m -> isOurs(context, m));
        if (member) {
            members.add(member(context));
        }
        if (!members.isEmpty()) {
            ObjectNode binding = bindings.addObject().put("role", ROLE);
            members.forEach(binding.putArray("members")::add);
        }
        policy.set("bindings", bindings);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("policy", policy);
        context.call(
                "resourcemanager.projects.setIamPolicy",
                () -> context.rest()
                        .post(
                                GcpService.RESOURCE_MANAGER,
                                "/v3/projects/" + context.project() + ":setIamPolicy",
                                body));
    }
}
