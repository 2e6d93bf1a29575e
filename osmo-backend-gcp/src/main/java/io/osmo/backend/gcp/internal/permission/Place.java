// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.permission;

import com.google.cloud.kms.v1.CryptoKeyName;
import io.osmo.backend.gcp.internal.catalog.Reservation;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.gcp.internal.network.NetworkConcern;
import io.osmo.backend.gcp.internal.network.NetworkRef;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.spec.BackendSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a custom role is bound: what is allowed in one project is not allowed on a network, key or reservation of another one.
 *
 * @param name ends the name of the role; empty for the project of the backend
 * @param project that has the role
 * @param bind the command that binds a role there, without member and role
 * @param actions what is called there
 */
record Place(String name, String project, String bind, Set<String> actions) {
    Place {
        actions = Set.copyOf(actions);
    }

    private static Place project(String name, String project, Set<String> actions) {
        return new Place(name, project, "gcloud projects add-iam-policy-binding " + project, actions);
    }

    /** The project of a backend. */
    static Place own(String project, Set<String> actions) {
        return project("", project, actions);
    }

    /** What a spec uses of other projects. */
    static List<Place> others(BackendSpec spec, String own) {
        List<Place> places = new ArrayList<>();
        Stream.concat(spec.network().existingId().stream(), spec.network().existingSubnetIds().stream())
                .flatMap(id -> NetworkRef.project(id).stream())
                .filter(project -> !project.equals(own))
                .distinct()
                .forEach(project -> places.add(project("network", project, NetworkConcern.IN_HOST_PROJECT)));
        spec.encryption()
                .existingKey()
                .filter(key -> CryptoKeyName.isParsableFrom(key)
                        && !CryptoKeyName.parse(key).getProject().equals(own))
                .ifPresent(key -> places.add(new Place(
                        "key",
                        CryptoKeyName.parse(key).getProject(),
                        "gcloud kms keys add-iam-policy-binding " + key,
                        EncryptionConcern.OF_EXISTING_KEY)));
        spec.pools().stream()
                .flatMap(pool -> pool.reservation().stream())
                .map(text -> Reservation.Ref.of(text, own).project())
                .filter(project -> !project.equals(own))
                .distinct()
                .forEach(project -> places.add(project("reservation", project, PoolConcern.IN_PROJECT_OF_RESERVATION)));
        return places;
    }
}
