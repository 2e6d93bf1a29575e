// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.ReleaseChannel.Channel;
import com.google.container.v1.ServerConfig;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the versions that the release channel of the spec offers. */
public final class VersionsReader implements Reader<GcpContext> {
    public static final VersionsReader INSTANCE = new VersionsReader();

    private VersionsReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("container.clusters.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        return observation.spec().isEmpty()
                ? CompletableFuture.completedFuture(Reading.empty())
                : context.cache()
                        .get(Versions.class, Versions.class, () -> versions(context))
                        .thenApply(versions -> Reading.attachment(Versions.class, versions));
    }

    /** None in a region that does not exist. */
    private static CompletableFuture<Versions> versions(GcpContext context) {
        return context.findAsync("container.clusters.list", () -> serverConfig(context))
                .thenApply(config ->
                        config.map(c -> Versions.of(c, channel(context))).orElse(Versions.NONE));
    }

    private static Channel channel(GcpContext context) {
        return Channel.valueOf(context.settings().releaseChannel().name());
    }

    /** Reads whether a version is in standard support. */
    public static CompletableFuture<Fact<Boolean>> inStandardSupport(GcpContext context, String version) {
        return context.async("container.clusters.list", () -> serverConfig(context))
                .thenApply(config -> Versions.inStandardSupport(config, version));
    }

    private static ServerConfig serverConfig(GcpContext context) {
        return context.clients().clusters().getServerConfig(context.path(context.region()));
    }
}
