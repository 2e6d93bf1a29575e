// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Small defects of a provider or of the engine behind it, each of which the simulation must find. */
enum Mutant {
    /** Pools are deleted with the pods on them. */
    SKIPS_DRAINS(of("azure", 50), of("gcp", 862)),
    /** A drain is begun and not waited for. */
    DRAINS_WITHOUT_WAITING(of("azure", 50), of("gcp", 862)),
    /** What protects a backend is not asked for. */
    IGNORES_GUARDS(of("azure", 1), of("gcp", 1)),
    /** What has our name is taken for ours. */
    IGNORES_TAGS(of("azure", 1), of("gcp", 1)),
    /** The region is taken for a detail of the name. */
    IGNORES_THE_REGION(full("aws", 1)),
    /** A plan that ends work says that it does not. */
    UNDERSTATES_DISRUPTION(of("azure", 19), of("gcp", 19)),
    /** A pool is deleted and created again instead of changed, and the plan does not say what that does. */
    DELETES_BEFORE_IT_CREATES(of("azure", 1), of("gcp", 1)),
    /** What is still being created is taken to be ready. */
    DOES_NOT_WAIT(of("azure", 1), of("gcp", 1)),
    /** One kind of thing is not deleted and taken to be gone. */
    FORGETS_TO_DELETE(of("azure", 1), of("gcp", 1)),
    /** One thing is created before what it needs, and deleted after. */
    IGNORES_A_DEPENDENCY(of("azure", 1), of("gcp", 24)),
    /** After a call that failed, nobody looks whether it took effect. */
    FORGETS_TO_READ_AGAIN(full("aws", 35)),
    /** What is created gets its tags in a second call. */
    TAGS_AFTER_CREATION(full("aws", 24)),
    /** The creation of a pool waits until the pool is ready, however long that takes. */
    POLLS_WITHOUT_DEADLINE(full("aws", 2452)),
    /** What begins with our name is deleted with ours. */
    DELETES_BY_PREFIX(full("aws", 1)),
    /** The token of a creation is the same for all incarnations. */
    REUSES_A_TOKEN(full("aws", 3));

    private static final Set<String> DEPENDENCIES =
            Set.of("nat-gateway", "iam-role", "resource-group", "key-vault", "subnetwork", "network");
    private static final Set<String> FORGOTTEN = Set.of("log-group", "resource-group", "router");

    /** On each cloud on which it can happen and is cheap to find. */
    final List<Found> found;

    Mutant(Found... found) {
        this.found = List.of(found);
    }

    /**
     * Where it was found when this was written.
     *
     * @param firstSeed the search begins here
     * @param full whether it takes a full history
     */
    record Found(String cloud, long firstSeed, boolean full) {
        History history(long seed) {
            return full ? History.full(seed) : History.of(seed);
        }
    }

    private static Found of(String cloud, long firstSeed) {
        return new Found(cloud, firstSeed, false);
    }

    private static Found full(String cloud, long firstSeed) {
        return new Found(cloud, firstSeed, true);
    }

    /** The provider of a cloud, with this defect. */
    CloudProvider provider(EmulatedCloud cloud) {
        CloudProvider right =
                cloud instanceof EmulatedAws aws ? new AwsProvider(new MutantAwsClients(aws, this)) : cloud.provider();
        return new MutantProvider(right, this);
    }

    /** @param provider id of the right one */
    String region(String region, String provider) {
        return this == IGNORES_THE_REGION ? Clouds.of(provider).facts().otherRegion() : region;
    }

    Inventory observed(Inventory inventory) {
        if (this != IGNORES_TAGS) {
            return inventory;
        }
        Map<ResourceId, Observed<?>> all = new HashMap<>();
        inventory.observed().forEach((id, observed) -> all.put(id, Observed.ours(observed.value())));
        return inventory.with(all);
    }

    Set<ResourceId> after(Set<ResourceId> after) {
        if (this != IGNORES_A_DEPENDENCY) {
            return after;
        }
        Set<ResourceId> fewer = new TreeSet<>(after);
        fewer.removeIf(id -> DEPENDENCIES.contains(id.kind()));
        return fewer;
    }

    <O> Optional<O> read(ResourceId id, Optional<O> read) {
        boolean forgets = this == FORGETS_TO_DELETE && !deletes(id);
        boolean blind = this == DRAINS_WITHOUT_WAITING && id.kind().equals("drain");
        return forgets || blind ? Optional.empty() : read;
    }

    boolean deletes(ResourceId id) {
        return this != FORGETS_TO_DELETE || !FORGOTTEN.contains(id.kind());
    }

    Readiness readiness(Readiness readiness) {
        return this == DOES_NOT_WAIT && readiness.status() == Readiness.Status.PENDING ? Readiness.ready() : readiness;
    }

    Disruption disruption(Disruption disruption) {
        return this == UNDERSTATES_DISRUPTION || this == DELETES_BEFORE_IT_CREATES ? Disruption.NONE : disruption;
    }

    FieldChange change(FieldChange change, boolean pool) {
        if (this == DELETES_BEFORE_IT_CREATES && pool) {
            return FieldChange.replacing(change.field(), change.before(), change.after());
        }
        return change;
    }
}
