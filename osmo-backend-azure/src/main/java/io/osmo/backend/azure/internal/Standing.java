// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;

/** An object of Azure Resource Manager that can be read and deleted by its id. */
public class Standing implements Deletable<ArmObject> {
    protected final AzureContext azure;
    private final ResourceId id;
    protected final ArmType armType;
    protected final String armId;
    private final Set<ResourceId> after;
    private final Timing timing;
    private final String description;

    /**
     * @param id within the backend
     * @param armId in Azure
     */
    public Standing(
            AzureContext azure,
            ResourceId id,
            ArmType armType,
            String armId,
            Set<ResourceId> after,
            Timing timing,
            String description) {
        this.azure = azure;
        this.id = id;
        this.armType = armType;
        this.armId = armId;
        this.after = Set.copyOf(after);
        this.timing = timing;
        this.description = description;
    }

    @Override
    public final ResourceId id() {
        return id;
    }

    @Override
    public final Class<ArmObject> type() {
        return ArmObject.class;
    }

    @Override
    public final Set<ResourceId> after() {
        return after;
    }

    @Override
    public final Timing timing() {
        return timing;
    }

    @Override
    public final String describe() {
        return description;
    }

    /** Id in Azure, known before the object is made. */
    public final String armId() {
        return armId;
    }

    @Override
    public Optional<ArmObject> read(State state) {
        return azure.arm().read(armType, armId);
    }

    @Override
    public Readiness readiness(ArmObject observed) {
        return observed.readiness();
    }

    @Override
    public void delete(ArmObject observed, State state) {
        azure.arm().delete(armType, armId, "");
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
