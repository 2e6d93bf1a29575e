// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.resourcemanager;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.cloud.resourcemanager.v3.ProjectsProto;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.iam.Policies;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;

/** Resource Manager: the project and its policy. */
public final class ResourceManager implements EmulatedService {
    private final GcpProject project;
    private final Policies policies;

    public ResourceManager(GcpProject project, Policies policies) {
        this.project = project;
        this.policies = policies;
        policies.put(
                project.path(),
                Policy.newBuilder()
                        .addBindings(Binding.newBuilder().setRole("roles/owner").addMembers("user:founder@example.com"))
                        .addBindings(Binding.newBuilder()
                                .setRole("roles/container.serviceAgent")
                                .addMembers(project.serviceAgent("container-engine-robot")))
                        .addBindings(Binding.newBuilder()
                                .setRole("roles/compute.serviceAgent")
                                .addMembers(project.serviceAgent("compute-system")))
                        .build());
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
        if (project.isVisible(r.getResource().replaceFirst("^projects/", ""))) {
            return policies.get(r.getResource());
        }
        requireOwn(r.getResource());
        return policies.get(project.path());
    }

    Policy setIamPolicy(SetIamPolicyRequest r) {
        requireOwn(r.getResource());
        return policies.set(r.toBuilder().setResource(project.path()).build());
    }

    TestIamPermissionsResponse testIamPermissions(TestIamPermissionsRequest r) {
        requireOwn(r.getResource());
        return policies.test(r);
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveRest(
                "cloudresourcemanager", Dispatcher.service(ProjectsProto.getDescriptor(), "Projects"), this);
    }

    private void requireOwn(String name) {
        if (!name.equals(project.path()) && !name.equals("projects/" + project.number())) {
            throw GcpError.denied("The caller does not have permission on " + name + " (or it may not exist).");
        }
    }
}
