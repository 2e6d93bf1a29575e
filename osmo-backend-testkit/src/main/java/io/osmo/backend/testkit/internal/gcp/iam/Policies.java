// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.iam;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.ByteString;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Allow policies of resources. They are changed by read, modify and write with an etag. */
public final class Policies {
    private static final Pattern MEMBER =
            Pattern.compile("(user|group|domain|serviceAccount|deleted:serviceAccount|principal|principalSet):.+");
    /** Google's roles that the emulated project knows. */
    private static final Set<String> ROLES = Set.of(
            "roles/artifactregistry.reader",
            "roles/autoscaling.metricsWriter",
            "roles/cloudkms.admin",
            "roles/cloudkms.cryptoKeyDecrypter",
            "roles/cloudkms.cryptoKeyEncrypter",
            "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            "roles/compute.networkUser",
            "roles/compute.serviceAgent",
            "roles/container.admin",
            "roles/container.clusterViewer",
            "roles/container.defaultNodeServiceAccount",
            "roles/container.developer",
            "roles/container.hostServiceAgentUser",
            "roles/container.nodeServiceAccount",
            "roles/container.serviceAgent",
            "roles/editor",
            "roles/gkebackup.admin",
            "roles/gkebackup.serviceAgent",
            "roles/iam.serviceAccountUser",
            "roles/iam.workloadIdentityUser",
            "roles/logging.logWriter",
            "roles/monitoring.metricWriter",
            "roles/monitoring.viewer",
            "roles/owner",
            "roles/stackdriver.resourceMetadata.writer",
            "roles/storage.objectViewer",
            "roles/viewer");

    private static final int MOST_TESTED = 100;

    private final GcpProject project;
    private final TreeMap<String, Policy> policies = new TreeMap<>();
    private BiPredicate<String, String> allowed = (permission, resource) -> true;
    private Predicate<String> accounts = email -> false;

    Policies(GcpProject project) {
        this.project = project;
    }

    /** Sets how to find out whether a service account exists. */
    void accounts(Predicate<String> known) {
        accounts = known;
    }

    /** Sets how to find out whether the caller has a permission on a resource. */
    public void caller(BiPredicate<String, String> allows) {
        allowed = allows;
    }

    public void put(String resource, Policy policy) {
        policies.put(resource, stamped(policy));
    }

    public Policy get(String resource) {
        return policies.computeIfAbsent(resource, r -> stamped(Policy.getDefaultInstance()));
    }

    public Policy set(SetIamPolicyRequest r) {
        Policy old = get(r.getResource());
        Policy wanted = r.getPolicy();
        if (!wanted.getEtag().isEmpty() && !wanted.getEtag().equals(old.getEtag())) {
            throw GcpError.aborted("There were concurrent policy changes. Please retry the whole read-modify-write with"
                    + " exponential backoff.");
        }
        Policy.Builder policy = wanted.toBuilder().clearBindings();
        for (Binding binding : wanted.getBindingsList()) {
            if (!ROLES.contains(binding.getRole())) {
                throw GcpError.invalid("Role " + binding.getRole() + " is not supported for this resource.");
            }
            binding.getMembersList().forEach(this::checkMember);
            if (binding.getMembersCount() > 0) {
                policy.addBindings(binding);
            }
        }
        put(r.getResource(), policy.build());
        return get(r.getResource());
    }

    /** The requested permissions that the caller has; at most a hundred per call. */
    public TestIamPermissionsResponse test(TestIamPermissionsRequest r) {
        if (r.getPermissionsCount() == 0 || r.getPermissionsCount() > MOST_TESTED) {
            throw GcpError.invalid("Request must specify between 1 and " + MOST_TESTED + " permissions.");
        }
        return TestIamPermissionsResponse.newBuilder()
                .addAllPermissions(r.getPermissionsList().stream()
                        .filter(permission -> allowed.test(permission, r.getResource()))
                        .toList())
                .build();
    }

    public boolean isGranted(String resource, String role, String member) {
        return get(resource).getBindingsList().stream()
                .anyMatch(b -> b.getRole().equals(role) && b.getMembersList().contains(member));
    }

    /** Grants a role. */
    public void grant(String resource, String role, String member) {
        put(
                resource,
                get(resource).toBuilder()
                        .addBindings(Binding.newBuilder().setRole(role).addMembers(member))
                        .build());
    }

    /** Takes a role from all that have it. */
    public void revoke(String resource, String role) {
        put(
                resource,
                get(resource).toBuilder()
                        .clearBindings()
                        .addAllBindings(get(resource).getBindingsList().stream()
                                .filter(binding -> !binding.getRole().equals(role))
                                .toList())
                        .build());
    }

    /** Renames a member: a deleted account stays in policies under another name. */
    void rename(String member, String other) {
        policies.replaceAll((resource, policy) -> {
            Policy.Builder changed = policy.toBuilder();
            for (Binding.Builder binding : changed.getBindingsBuilderList()) {
                for (int i = 0; i < binding.getMembersCount(); i++) {
                    if (binding.getMembers(i).equals(member)) {
                        binding.setMembers(i, other);
                    }
                }
            }
            return changed.build();
        });
    }

    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        policies.forEach((resource, policy) -> policy.getBindingsList()
                .forEach(binding -> binding.getMembersList().stream()
                        .filter(member -> !isDefault(member))
                        .forEach(member -> lines.add("binding " + resource.replaceFirst("^projects/[^/]+/?", "") + " "
                                + binding.getRole() + " " + member.replaceFirst("\\?uid=.*", "")))));
        return lines;
    }

    /** Whether every project has bindings for this member. */
    private boolean isDefault(String member) {
        return member.startsWith("user:")
                || member.startsWith("serviceAccount:service-")
                || member.startsWith("serviceAccount:" + project.number());
    }

    private void checkMember(String member) {
        if (!MEMBER.matcher(member).matches()) {
            throw GcpError.invalid(
                    "Invalid value \"" + member + "\": a member is user:, group: or serviceAccount: and a name.");
        }
        if (member.startsWith("serviceAccount:")) {
            String email = member.substring("serviceAccount:".length());
            boolean agent = email.startsWith("service-" + project.number() + "@")
                    || email.startsWith(project.number() + "-compute@")
                    || email.equals(project.number() + "@cloudservices.gserviceaccount.com")
                    || email.contains(".svc.id.goog[");
            if (!agent && !accounts.test(email)) {
                throw GcpError.invalid("Service account " + email + " does not exist.");
            }
        }
    }

    private Policy stamped(Policy policy) {
        return policy.toBuilder()
                .setEtag(ByteString.copyFrom(project.hex(12), StandardCharsets.US_ASCII))
                .setVersion(Math.max(1, policy.getVersion()))
                .build();
    }
}
