// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The caller, and the roles of a backend. */
public final class IdentityConcern implements Concern<AwsContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(IamRole.NEEDS);
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(CallerReader.INSTANCE, RoleReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        Caller caller = Caller.of(inventory);
        List<RoleKind> kinds = new ArrayList<>(List.of(RoleKind.CLUSTER, RoleKind.NODE, RoleKind.EBS_CSI));
        if (context.settings().autoscaler() != Autoscaler.NONE) {
            kinds.add(RoleKind.CLUSTER_AUTOSCALER);
        }
        if (spec.backup().enabled()) {
            kinds.add(RoleKind.BACKUP);
        }
        return kinds.stream()
                .<Resource<?>>map(kind -> new IamRole(context, kind, caller))
                .toList();
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        return id.kind().equals(IamRole.KIND) ? Optional.of(IamRole.owned(context, id)) : Optional.empty();
    }
}
