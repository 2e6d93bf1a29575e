// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;

/** The launch template of a pool, to be deleted. */
final class ExistingTemplate extends AwsResource<ObservedTemplate> {
    private final ObservedTemplate found;

    ExistingTemplate(AwsContext context, ResourceId id, ObservedTemplate found) {
        super(
                context,
                id,
                ObservedTemplate.class,
                Set.of(EncryptionKey.ID, PoolPlacement.id(id.name()), EfaGroup.ID),
                Timing.quick(),
                "launch template " + id.name());
        this.found = found;
    }

    @Override
    public String cloudId() {
        return found.id();
    }

    @Override
    public Optional<ObservedTemplate> read(State state) {
        return PoolTemplate.detailed(context, found);
    }

    @Override
    public void delete(ObservedTemplate observed, State state) {
        PoolTemplate.delete(context, observed);
    }
}
