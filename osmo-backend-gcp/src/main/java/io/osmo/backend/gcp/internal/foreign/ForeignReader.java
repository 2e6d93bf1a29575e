// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.foreign.ForeignObjects.InNetwork;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads what is in the backend's network. Nothing but a destruction deletes the network, so it is read for one only. */
public final class ForeignReader implements Reader<GcpContext> {
    static final ForeignReader INSTANCE = new ForeignReader();

    private static final List<String> COLLECTIONS =
            List.of("firewalls", "forwardingRules", "instances", "routers", "subnetworks");

    private ForeignReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return COLLECTIONS.stream()
                .reduce(Needs.NONE, (needs, each) -> needs.get("compute." + each + ".list"), (one, other) -> one);
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        if (observation.spec().isPresent()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        GcpContext context = observation.context();
        return Futures.flat(COLLECTIONS.stream()
                        .map(collection -> context.scheduler().call(() -> inNetwork(context, collection)))
                        .toList())
                .thenApply(found -> Reading.attachment(
                        ForeignObjects.class,
                        new ForeignObjects(found.stream()
                                .sorted(Comparator.comparing(each -> ComputeObjects.path(each.object())))
                                .toList())));
    }

    private static List<InNetwork> inNetwork(GcpContext context, String collection) {
        String network = "/" + VpcNetwork.path(context);
        return ComputeObjects.list(context, collection).stream()
                .filter(object -> isIn(object, network))
                .map(object -> new InNetwork(collection, object))
                .toList();
    }

    private static boolean isIn(JsonNode object, String network) {
        if (object.path("network").asText().endsWith(network)) {
            return true;
        }
        for (JsonNode each : object.path("networkInterfaces")) {
            if (each.path("network").asText().endsWith(network)) {
                return true;
            }
        }
        return false;
    }
}
