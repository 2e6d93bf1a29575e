// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the project. */
public final class ProjectReader implements Reader<GcpContext> {
    public static final ProjectReader INSTANCE = new ProjectReader();

    private ProjectReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("resourcemanager.projects.get");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        return read(observation.context()).thenApply(project -> Reading.attachment(Project.class, project));
    }

    public static CompletableFuture<Project> read(GcpContext context) {
        return context.cache()
                .get(
                        Project.class,
                        Project.class,
                        () -> context.async("resourcemanager.projects.get", () -> {
                            String name = context.rest()
                                    .get(GcpService.RESOURCE_MANAGER, "/v3/projects/" + context.project())
                                    .path("name")
                                    .asText();
                            return new Project(context.project(), name.substring(name.indexOf('/') + 1));
                        }));
    }
}
