// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.ProjectReader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;

/** The project, and whether it uses the services that a backend needs. */
public final class ServicesConcern implements Concern<GcpContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return GkeSettings.of(spec.flatMap(BackendSpec::settings)).enableServices()
                ? List.of(EnabledServices.NEEDS)
                : List.of();
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(ProjectReader.INSTANCE, ServicesReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        if (GkeSettings.of(spec.settings()).enableServices()) {
            return List.of();
        }
        return missing(spec, inventory).stream()
                .map(name -> new Violation(
                        "settings.enableServices",
                        Optional.empty(),
                        name + " is not enabled",
                        "a project in which it is enabled",
                        "Run `gcloud services enable " + name + "`, or set settings.enableServices: true."))
                .toList();
    }

    /** Services that the project lacks. */
    public static List<String> missing(BackendSpec spec, Inventory inventory) {
        return inventory.attachment(ProjectServices.class).stream()
                .flatMap(services -> services.missing(EnabledServices.needed(spec)).stream())
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        return context.settings().enableServices() ? List.of(new EnabledServices(context, spec)) : List.of();
    }
}
