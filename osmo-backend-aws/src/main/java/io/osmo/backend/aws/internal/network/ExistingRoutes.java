// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** Route tables of an existing VPC; an attachment. */
record ExistingRoutes(List<RouteTable> tables) {
    ExistingRoutes {
        tables = List.copyOf(tables);
    }

    /** What the default route of a subnet points to; a subnet without a table of its own uses the main one. */
    Optional<String> defaultTarget(String subnetId) {
        return tables.stream()
                .filter(t -> t.associations().stream().anyMatch(a -> subnetId.equals(a.subnetId())))
                .findFirst()
                .or(() -> tables.stream()
                        .filter(t -> t.associations().stream().anyMatch(RouteTableAssociation::main))
                        .findFirst())
                .flatMap(VpcRoute::in)
                .flatMap(route -> Optional.ofNullable(VpcRoute.anyTarget(route)));
    }
}
