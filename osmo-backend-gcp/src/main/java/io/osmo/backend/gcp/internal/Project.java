// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The project that everything is made in; an attachment of every inventory.
 *
 * @param number which the names of Google's own service agents hold
 */
public record Project(String id, String number) {
    /** The agent as which GKE encrypts Secrets and makes nodes. */
    public String gkeAgent() {
        return "service-" + number + "@container-engine-robot.iam.gserviceaccount.com";
    }

    /** The agent as which Compute Engine encrypts disks. */
    public String computeAgent() {
        return "service-" + number + "@compute-system.iam.gserviceaccount.com";
    }

    public static CompletableFuture<Project> read(GcpContext gcp) {
        return gcp.cache()
                .get(
                        "project",
                        () -> gcp.async("resourcemanager.projects.get", () -> {
                            String name = gcp.clients()
                                    .rest()
                                    .get(GcpService.RESOURCE_MANAGER, "/v3/projects/" + gcp.project())
                                    .path("name")
                                    .asText();
                            return new Project(gcp.project(), name.substring(name.indexOf('/') + 1));
                        }));
    }

    /** Reads the project into every inventory. */
    public static CompletableFuture<Reading> reading(GcpContext gcp, Optional<BackendSpec> spec) {
        return read(gcp).thenApply(project -> Reading.attachment(Project.class, project));
    }
}
