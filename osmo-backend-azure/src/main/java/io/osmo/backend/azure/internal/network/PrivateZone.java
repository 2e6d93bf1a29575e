// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.network;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An existing private DNS zone in which AKS registers a private API server: learn.microsoft.com/azure/aks/private-clusters. The
 * identity of the cluster needs a role on it, and one on the network, to which AKS links it.
 */
public final class PrivateZone {
    private static final ResourceId ID = ResourceId.of("private-dns-zone", "existing");
    private static final String PATH = "settings.privateDnsZone";
    private static final List<String> WORDS = List.of("system", "none");
    private static final Pattern ZONE_ID = Pattern.compile(
            "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/privateDnsZones/([^/]+)",
            Pattern.CASE_INSENSITIVE);

    /** Ends of the names in the public cloud, in that of the US government and in that of China. */
    private static final String ENDS =
            "(azmk8s\\.io|cx\\.aks\\.containerservice\\.azure\\.us|cx\\.prod\\.service\\.azk8s\\.cn)";

    private PrivateZone() {}

    /** Id of the zone; empty where AKS makes one, or where the API server is public. */
    public static Optional<String> of(BackendSpec spec) {
        return spec.apiEndpoint().publicAccess()
                ? Optional.empty()
                : AksSettings.of(spec.settings())
                        .privateDnsZone()
                        .filter(zone -> ZONE_ID.matcher(zone).matches());
    }

    static Optional<Violation> validate(BackendSpec spec) {
        Optional<String> given = AksSettings.of(spec.settings()).privateDnsZone();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (spec.apiEndpoint().publicAccess()) {
            return violation(
                    given.get(),
                    "nothing while apiEndpoint is public",
                    "Leave it out, or make the API server private.");
        }
        Matcher id = ZONE_ID.matcher(given.get());
        if (!id.matches()) {
            return WORDS.contains(given.get())
                    ? Optional.empty()
                    : violation(
                            given.get(),
                            "system, none or the resource id of a private DNS zone",
                            "Give /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/privateDnsZones/….");
        }
        String name = id.group(1).toLowerCase(Locale.ROOT);
        String region = Pattern.quote(spec.region());
        return name.matches("([a-z0-9-]{1,32}\\.)?privatelink\\." + region + "\\." + ENDS)
                ? Optional.empty()
                : violation(
                        given.get(),
                        "a zone whose name is privatelink." + spec.region()
                                + ".azmk8s.io or a subzone of it, in another cloud than"
                                + " the public one with its ending",
                        "Name the zone of the region of the backend.");
    }

    static CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        return observation
                .spec()
                .flatMap(PrivateZone::of)
                .map(id -> observation
                        .context()
                        .find(ArmType.PRIVATE_ZONE, id)
                        .thenApply(found -> Found.existing(ID, found)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty()));
    }

    static Optional<Violation> check(BackendSpec spec, Inventory inventory) {
        return of(spec).filter(id -> !inventory.observed().containsKey(ID))
                .flatMap(id -> violation(
                        id,
                        "a private DNS zone that exists",
                        "Create it (az network private-dns zone create), or correct the id."));
    }

    private static Optional<Violation> violation(String given, String allowed, String remedy) {
        return Optional.of(new Violation(PATH, Optional.of("NW-1"), given, allowed, remedy));
    }
}
