// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Capacity reservation groups from which pools take their machines: learn.microsoft.com/azure/aks/use-capacity-reservation-groups. */
public final class Reservations {
    /** What an id of one holds. */
    public static final String TYPE = "/providers/Microsoft.Compute/capacityReservationGroups/";

    private Reservations() {}

    /** Id of a pool's group: its own, else for GPU pools that of the settings; spot machines are never reserved. */
    public static Optional<String> of(NodePool pool, AksSettings settings) {
        return pool.reservation()
                .or(() -> pool.role() == PoolRole.GPU && !pool.spot()
                        ? settings.capacityReservationGroup()
                        : Optional.empty());
    }

    /** Id of the resource group that holds a reservation group: the scope at which AKS wants its role. */
    public static String scope(String reservation) {
        int end = reservation.indexOf(TYPE);
        return end < 0 ? reservation : reservation.substring(0, end);
    }

    /** Ids of the groups of all pools and their alternatives: when a pool needs one of these, its role is there. */
    public static SortedSet<String> ids(BackendSpec spec) {
        AksSettings settings = AksSettings.of(spec.settings());
        SortedSet<String> ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (NodePool pool : spec.pools()) {
            of(pool, settings).ifPresent(ids::add);
            pool.fallback().forEach(each -> of(each.of(pool), settings).ifPresent(ids::add));
        }
        return ids;
    }

    /** Scopes of all pools and their alternatives. */
    public static SortedSet<String> scopes(BackendSpec spec) {
        SortedSet<String> scopes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ids(spec).forEach(id -> scopes.add(scope(id)));
        return scopes;
    }
}
