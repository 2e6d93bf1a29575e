// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.CreateNodePoolRequest;
import com.google.container.v1.NodePool;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources on which a call needs a permission. */
final class GcpTargets {
    private GcpTargets() {}

    static List<String> of(Call call, String permission, GcpProject project) {
        Message request = call.request(Message.class);
        return permission.equals(GcpActions.ACT_AS)
                ? accounts(request, project)
                : List.of(named(request).orElse(project.path()));
    }

    /** The accounts of the machines that a call lets start. */
    private static List<String> accounts(Message request, GcpProject project) {
        Stream<NodePool> pools = request instanceof CreateClusterRequest cluster
                ? cluster.getCluster().getNodePoolsList().stream()
                : request instanceof CreateNodePoolRequest pool ? Stream.of(pool.getNodePool()) : Stream.empty();
        return pools.map(pool ->
                        project.path("serviceAccounts/" + pool.getConfig().getServiceAccount()))
                .toList();
    }

    /** What a request names: by a path in itself or in the object that it changes, or by the id of a project. */
    private static Optional<String> named(Message request) {
        Optional<String> path = path(request)
                .or(() -> request.getAllFields().values().stream()
                        .filter(Message.class::isInstance)
                        .flatMap(inner -> path((Message) inner).stream())
                        .findFirst());
        FieldDescriptor id = request.getDescriptorForType().findFieldByName("project");
        return path.or(() -> Optional.ofNullable(id).map(field -> "projects/" + request.getField(field)));
    }

    private static Optional<String> path(Message message) {
        return Stream.of("name", "parent", "resource")
                .flatMap(field ->
                        Optional.ofNullable(message.getDescriptorForType().findFieldByName(field)).stream())
                .map(message::getField)
                .filter(value -> value instanceof String text && text.startsWith("projects/"))
                .map(String.class::cast)
                .findFirst();
    }
}
