// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The project, and whether it uses the services that a backend needs. */
public final class ServicesConcern implements Concern {
    @Override
    public List<Reader> readers() {
        return List.of(Project::reading, ServicesConcern::read);
    }

    private static CompletableFuture<Reading> read(GcpContext gcp, Optional<BackendSpec> spec) {
        if (spec.isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        List<String> needed = EnabledServices.needed(spec);
        return gcp.scheduler().call(() -> EnabledServices.read(gcp, needed)).thenApply(services -> {
            Reading reading = Reading.attachment(ProjectServices.class, services);
            return services.missing(needed).isEmpty()
                    ? reading.and(Reading.observed(Map.of(EnabledServices.ID, Observed.existing(services))))
                    : reading;
        });
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        if (GkeSettings.of(spec.settings()).enableServices()) {
            return List.of();
        }
        return inventory.attachment(ProjectServices.class).stream()
                .flatMap(services -> services.missing(EnabledServices.needed(Optional.of(spec))).stream())
                .map(name -> new Violation(
                        "settings.enableServices",
                        Optional.empty(),
                        name + " is off",
                        "a project that uses " + name,
                        "Run `gcloud services enable " + name + "`, or set settings.enableServices: true."))
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        return gcp.settings().enableServices() ? List.of(new EnabledServices(gcp, spec)) : List.of();
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext gcp, ResourceId id, Object observed) {
        return Optional.empty();
    }
}
