// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.encryption.EncryptionConcern;
import io.osmo.backend.aws.identity.IdentityConcern;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Reading;
import io.osmo.backend.aws.network.NetworkConcern;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Leftover;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Puts the concerns of an EKS backend together; each line of the list is one of them. */
final class AwsGraph {
    private static final List<Concern> CONCERNS =
            List.of(new NetworkConcern(), new EncryptionConcern(), new IdentityConcern());

    private AwsGraph() {}

    static List<Violation> validate(BackendSpec spec) {
        return CONCERNS.stream().flatMap(c -> c.validate(spec).stream()).toList();
    }

    static CompletableFuture<Inventory> observe(AwsContext aws, Optional<BackendSpec> spec) {
        Stream<Reader> readers =
                Stream.concat(Stream.of(new CallerReader()), CONCERNS.stream().flatMap(c -> c.readers().stream()));
        return Reading.all(readers.map(r -> r.read(aws, spec)).toList()).thenApply(Reading::toInventory);
    }

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return CONCERNS.stream().flatMap(c -> c.check(spec, inventory).stream()).toList();
    }

    static List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        CONCERNS.forEach(c -> graph.addAll(c.wanted(aws, spec, inventory)));
        return graph;
    }

    static List<Deletable<?>> owned(AwsContext aws, Inventory inventory) {
        List<Deletable<?>> owned = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.ownership() == Observed.Ownership.OURS) {
                CONCERNS.stream()
                        .flatMap(c -> c.owned(aws, id, observed.value()).stream())
                        .findFirst()
                        .ifPresent(owned::add);
            }
        });
        return owned;
    }

    static CompletableFuture<List<Leftover>> leftovers(AwsContext aws) {
        return Reading.sequence(CONCERNS.stream().map(c -> c.leftovers(aws)).toList())
                .thenApply(all -> all.stream().flatMap(List::stream).toList());
    }
}
