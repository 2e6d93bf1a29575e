// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.event.Event;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.tests.services.KubeApiServer;

/** A host and an administrator of a real API server, and what its missing controllers would do. */
final class KubeHost implements AutoCloseable {
    final KubernetesClient admin;
    final OsmoBackends osmo;

    KubeHost(KubeApiServer server) {
        admin = server.admin();
        osmo = OsmoBackends.builder()
                .provider(new ExistingProvider(settings -> server.access()))
                .scheduler(VirtualTime.create())
                .build();
    }

    /** Namespaces exist before the test, because none can be deleted afterward. */
    void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** Applies a plan whatever it disrupts; the controllers act while a resource is waited for. */
    void apply(Plan plan, Runnable controllers) {
        osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.DATA).listener(event -> {
            if (event instanceof Event.ResourceWaiting) {
                controllers.run();
            }
        }));
    }

    /** As a controller would: a Deployment runs, unless its image is broken. Returns whether it is. */
    boolean settle(Deployment deployment) {
        boolean broken = deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> container.getImage().endsWith(":broken"));
        int replicas = deployment.getSpec().getReplicas();
        deployment.setStatus(new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(broken ? 0 : replicas)
                .withAvailableReplicas(broken ? 0 : replicas)
                .build());
        admin.resource(deployment).updateStatus();
        return broken;
    }

    /** Deletes the priority classes too: backends of other tests need the same names. */
    @Override
    public void close() {
        admin.scheduling().v1().priorityClasses().list().getItems().stream()
                .filter(c -> c.getMetadata().getName().startsWith("osmo-"))
                .forEach(c -> admin.resource(c).delete());
        osmo.close();
        admin.close();
    }
}
