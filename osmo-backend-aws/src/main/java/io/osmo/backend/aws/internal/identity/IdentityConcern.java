// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roles of a backend. */
public final class IdentityConcern implements Concern {
    @Override
    public List<Reader> readers() {
        return List.of(new RoleReader());
    }

    @Override
    public List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        Caller caller = inventory.attachment(Caller.class).orElseThrow();
        List<RoleKind> kinds = new ArrayList<>(List.of(RoleKind.CLUSTER, RoleKind.NODE, RoleKind.EBS_CSI));
        if (aws.settings().autoscaler() == Autoscaler.CLUSTER_AUTOSCALER) {
            kinds.add(RoleKind.CLUSTER_AUTOSCALER);
        }
        if (spec.backup().enabled()) {
            kinds.add(RoleKind.BACKUP);
        }
        List<Resource<?>> roles = new ArrayList<>();
        kinds.forEach(kind -> roles.add(new IamRole(aws, kind, caller)));
        return roles;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext aws, ResourceId id, Object observed) {
        return id.kind().equals(IamRole.KIND) ? Optional.of(IamRole.owned(aws, id)) : Optional.empty();
    }
}
