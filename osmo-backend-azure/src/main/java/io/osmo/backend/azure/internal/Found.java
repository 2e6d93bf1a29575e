// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;

/** Determines whether an object that was found belongs to the backend. */
public final class Found {
    private Found() {}

    /** An object with the name that the backend uses: the backend's if its tags say so, else foreign. */
    public static Reading named(AzureContext context, ResourceId id, Optional<ArmObject> found) {
        return Reading.of(id, found.map(o -> context.ownership().observed(o, o.tags())));
    }

    /** An object of the backend that has no tags: it is inside another object of the backend, or identifies itself otherwise. */
    public static Reading ours(ResourceId id, ArmObject object) {
        return Reading.of(id, Observed.ours(object));
    }

    /** An object that the spec names. */
    public static Reading existing(ResourceId id, Optional<ArmObject> found) {
        return Reading.of(id, found.map(Observed::existing));
    }
}
