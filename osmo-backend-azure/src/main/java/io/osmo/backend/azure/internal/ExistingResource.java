// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.ProviderResource;
import java.util.Optional;
import java.util.Set;

/** An object of Azure Resource Manager that can be read and deleted by its id. */
public class ExistingResource extends ProviderResource<AzureContext, ArmObject> {
    protected final ArmType armType;
    protected final String armId;

    /**
     * @param id within the backend
     * @param armId in Azure
     */
    public ExistingResource(
            AzureContext context,
            ResourceId id,
            ArmType armType,
            String armId,
            Set<ResourceId> after,
            Timing timing,
            String description) {
        super(context, id, ArmObject.class, after, timing, description);
        this.armType = armType;
        this.armId = armId;
    }

    /** Id in Azure, known before the object is created. */
    public final String armId() {
        return armId;
    }

    @Override
    public final String cloudId() {
        return armId;
    }

    @Override
    public final boolean billed() {
        return armType.billed();
    }

    @Override
    public Disruption deletionDisruption() {
        return armType.deletionDisruption();
    }

    @Override
    public Optional<ArmObject> read(State state) {
        return context.arm().read(armType, armId);
    }

    @Override
    public Readiness readiness(ArmObject observed) {
        return observed.readiness();
    }

    @Override
    public void delete(ArmObject observed, State state) {
        context.arm().delete(armType, armId, "");
    }
}
