// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.foreign;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Set;

/** Objects that others have created inside the backend's resources. They prevent the deletion of those resources. */
public final class ForeignConcern implements Concern<GcpContext> {
    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(ForeignReader.INSTANCE);
    }

    @Override
    public List<Guard> guards(GcpContext context, Inventory inventory, Set<ResourceId> removed) {
        return ForeignGuards.of(context, inventory, removed);
    }
}
