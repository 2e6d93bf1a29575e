// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;

/** Says whose an object is that was found. */
public final class Found {
    private Found() {}

    /** An object under the name that we would give: ours if it is tagged so, else foreign. */
    public static Reading named(AzureContext context, ResourceId id, Optional<ArmObject> found) {
        return Reading.of(id, found.map(o -> context.ownership().observed(o, o.tags())));
    }

    /** An object that has no tags and is in an object of ours, or says otherwise that it is ours. */
    public static Reading ours(ResourceId id, ArmObject object) {
        return Reading.of(id, Observed.ours(object));
    }

    /** An object that the spec names. */
    public static Reading existing(ResourceId id, Optional<ArmObject> found) {
        return Reading.of(id, found.map(Observed::existing));
    }
}
