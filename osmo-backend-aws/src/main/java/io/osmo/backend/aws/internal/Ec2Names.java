// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * A kind of objects in EC2 with unique names. An object of others with the same name is a conflict, which must be found before anything is
 * created.
 *
 * @param filter name of EC2's filter by name, such as {@code group-name}
 */
public record Ec2Names<O>(Ec2Kind<O> kind, String filter, Function<O, String> name) {
    /**
     * Objects of others, by the backend's resource that needs their name. Makes no call if all resources exist.
     *
     * @param wanted resources by their names
     * @param ours the backend's objects of this kind
     * @param more further filters, such as the network in which names must be unique
     */
    public CompletableFuture<Reading> taken(
            AwsContext context, Map<String, ResourceId> wanted, Reading ours, Filter... more) {
        Map<String, ResourceId> missing = new HashMap<>(wanted);
        missing.values().removeAll(ours.observed().keySet());
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        List<Filter> filters = new ArrayList<>(List.of(more));
        filters.add(Ec2Kind.filter(filter, missing.keySet().stream().sorted().toArray(String[]::new)));
        return context.scheduler().call(() -> kind.list(context, filters)).thenApply(found -> {
            Map<ResourceId, Observed<?>> taken = new HashMap<>();
            // Not every emulator heeds every filter.
            found.forEach(object -> Optional.ofNullable(missing.get(name.apply(object)))
                    .ifPresent(id -> taken.put(id, kind.observed(context, id, object))));
            return Reading.observed(taken);
        });
    }
}
