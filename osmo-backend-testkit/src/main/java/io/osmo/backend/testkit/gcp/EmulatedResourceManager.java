// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;

/** The project and its policy. */
final class EmulatedResourceManager {
    private final GcpProject project;
    private final Policies policies;

    EmulatedResourceManager(GcpProject project, Policies policies) {
        this.project = project;
        this.policies = policies;
        policies.put(
                resource(),
                Policy.newBuilder()
                        .addBindings(Binding.newBuilder().setRole("roles/owner").addMembers("user:founder@example.com"))
                        .addBindings(Binding.newBuilder()
                                .setRole("roles/container.serviceAgent")
                                .addMembers("serviceAccount:service-" + project.number()
                                        + "@container-engine-robot.iam.gserviceaccount.com"))
                        .addBindings(Binding.newBuilder()
                                .setRole("roles/compute.serviceAgent")
                                .addMembers("serviceAccount:service-" + project.number()
                                        + "@compute-system.iam.gserviceaccount.com"))
                        .build());
    }

    private String resource() {
        return "projects/" + project.id();
    }

    Project getProject(GetProjectRequest r) {
        requireOwn(r.getName());
        return Project.newBuilder()
                .setName("projects/" + project.number())
                .setProjectId(project.id())
                .setDisplayName(project.id())
                .setState(Project.State.ACTIVE)
                .build();
    }

    Policy getIamPolicy(GetIamPolicyRequest r) {
        requireOwn(r.getResource());
        return policies.get(resource());
    }

    Policy setIamPolicy(SetIamPolicyRequest r) {
        requireOwn(r.getResource());
        return policies.set(r.toBuilder().setResource(resource()).build());
    }

    TestIamPermissionsResponse testIamPermissions(TestIamPermissionsRequest r) {
        requireOwn(r.getResource());
        return policies.test(r);
    }

    private void requireOwn(String name) {
        if (!name.equals(resource()) && !name.equals("projects/" + project.number())) {
            throw GcpError.denied("The caller does not have permission on " + name + " (or it may not exist).");
        }
    }
}
