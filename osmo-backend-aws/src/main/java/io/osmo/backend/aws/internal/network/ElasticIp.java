// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The public address of one NAT gateway. */
public final class ElasticIp extends Ec2Resource<Address> {
    static final String KIND = "elastic-ip";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribeAddresses")
            .create("ec2:AllocateAddress", "ec2:CreateTags")
            .update("ec2:CreateTags")
            .undo("ec2:ReleaseAddress");

    static final Ec2Kind<Address> ADDRESSES = new Ec2Kind<>(
            Address.class,
            "ec2:DescribeAddresses",
            (ec2, filters) -> ec2.describeAddresses(r -> r.filters(filters)).addresses(),
            "allocation-id",
            Address::allocationId,
            Address::tags);

    ElasticIp(AwsContext context, String zone) {
        this(context, id(zone), null);
    }

    private ElasticIp(AwsContext context, ResourceId id, @Nullable String known) {
        super(context, ADDRESSES, id, Set.of(), "Elastic IP for " + id.name(), known);
    }

    static ElasticIp owned(AwsContext context, ResourceId id, Address observed) {
        return new ElasticIp(context, id, observed.allocationId());
    }

    static ResourceId id(String zone) {
        return ResourceId.of(KIND, zone);
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public Address create(State state) {
        AllocateAddressResponse allocated = context.call(
                "ec2:AllocateAddress",
                () -> context.ec2()
                        .allocateAddress(
                                r -> r.domain(DomainType.VPC).tagSpecifications(tagged(ResourceType.ELASTIC_IP))));
        return Address.builder()
                .allocationId(allocated.allocationId())
                .publicIp(allocated.publicIp())
                .build();
    }

    @Override
    public void delete(Address observed, State state) {
        context.delete(
                "ec2:ReleaseAddress", () -> context.ec2().releaseAddress(r -> r.allocationId(observed.allocationId())));
    }
}
