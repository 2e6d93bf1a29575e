// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.network.LeftInterfaces;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Interfaces that the VPC CNI or EKS made and that are attached to nothing any more. */
final class NetworkInterfaces extends Sweep {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Sweep.KIND)
            .destroy("ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface", "ec2:DescribeVpcs");

    private final boolean onlyOurs;

    /** @param onlyOurs whether only those in the backend's VPC can be deleted */
    NetworkInterfaces(AwsContext context, Set<ResourceId> after, boolean onlyOurs) {
        super(context, NETWORK_INTERFACES, after, false);
        this.onlyOurs = onlyOurs;
    }

    @Override
    List<String> find(Optional<String> vpc) {
        List<String> found = new ArrayList<>(onlyOurs ? List.of() : LeftInterfaces.tagged(context));
        vpc.ifPresent(id -> found.addAll(LeftInterfaces.in(context, "vpc-id", id)));
        return found;
    }

    @Override
    void delete(String networkInterface) {
        LeftInterfaces.delete(context, networkInterface);
    }
}
