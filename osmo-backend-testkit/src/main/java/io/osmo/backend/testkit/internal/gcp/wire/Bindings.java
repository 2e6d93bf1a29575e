// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Custom roles of the caller, bound where their commands bind them. A role that is bound to a project counts for all that is in it, and
 * for nothing in another project. Safe for concurrent use.
 */
public final class Bindings {
    private static final Pattern BIND =
            Pattern.compile("gcloud (?:projects|kms keys|iam service-accounts)" + " add-iam-policy-binding (\\S+) ");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GcpProject project;
    private volatile List<Binding> bindings;

    private record Binding(String resource, Set<String> permissions) {
        boolean grants(String permission, String wanted) {
            return permissions.contains(permission) && (wanted.equals(resource) || wanted.startsWith(resource + "/"));
        }
    }

    Bindings(GcpProject project) {
        this.project = project;
        this.bindings = List.of();
    }

    /** From now on the caller has these roles only; none is no limit. */
    public void limit(Collection<PolicyDocument> roles) {
        bindings = roles.stream().map(this::binding).toList();
    }

    private Binding binding(PolicyDocument role) {
        Matcher command = BIND.matcher(role.command());
        if (!command.find()) {
            throw new IllegalArgumentException("no role is bound by: " + role.command());
        }
        String target = command.group(1).replace("PROJECT", project.id());
        Set<String> permissions = new HashSet<>();
        try {
            JSON.readTree(role.text()).path("includedPermissions").forEach(each -> permissions.add(each.asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(role.text(), e);
        }
        return new Binding(target.contains("/") ? target : "projects/" + target, permissions);
    }

    /** Whether the caller has a permission on a resource. */
    boolean allows(String permission, String resource) {
        List<Binding> now = bindings;
        String named = resource.replaceFirst("^projects/" + project.number() + "(?=/|$)", project.path());
        return now.isEmpty() || now.stream().anyMatch(binding -> binding.grants(permission, named));
    }

    /** Refuses a call that touches what no role is bound to. */
    void require(Call call) {
        if (bindings.isEmpty()) {
            return;
        }
        for (String permission : GcpActions.of(call)) {
            GcpTargets.of(call, permission, project).stream()
                    .filter(resource -> !allows(permission, resource))
                    .findFirst()
                    .ifPresent(resource -> {
                        throw GcpRefusals.denied(permission, resource);
                    });
        }
    }
}
