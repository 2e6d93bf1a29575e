// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The public address of one NAT gateway. */
public final class ElasticIp extends Ec2Resource<Address> {
    static final String KIND = "elastic-ip";

    ElasticIp(AwsContext aws, String zone) {
        this(aws, id(zone), null);
    }

    private ElasticIp(AwsContext aws, ResourceId id, @Nullable String known) {
        super(aws, id, Address.class, Set.of(), Timing.quick(), "Elastic IP for " + id.name(), Map.of(), known);
    }

    static ElasticIp owned(AwsContext aws, ResourceId id, Address observed) {
        return new ElasticIp(aws, id, observed.allocationId());
    }

    static ResourceId id(String zone) {
        return ResourceId.of(KIND, zone);
    }

    @Override
    public Optional<Address> read(State state) {
        return aws
                .call(
                        "ec2:DescribeAddresses",
                        () -> aws.clients().ec2().describeAddresses(r -> r.filters(filters("allocation-id"))))
                .addresses()
                .stream()
                .min(Comparator.comparing(Address::allocationId));
    }

    @Override
    public List<FieldChange> compare(Address observed, State state) {
        return compareTags(observed.tags());
    }

    @Override
    public Address create(State state) {
        AllocateAddressResponse allocated = aws.call(
                "ec2:AllocateAddress",
                () -> aws.clients()
                        .ec2()
                        .allocateAddress(
                                r -> r.domain(DomainType.VPC).tagSpecifications(tagged(ResourceType.ELASTIC_IP))));
        return Address.builder()
                .allocationId(allocated.allocationId())
                .publicIp(allocated.publicIp())
                .build();
    }

    @Override
    public void update(Address observed, List<FieldChange> changes, State state) {
        updateTags(observed.allocationId());
    }

    @Override
    public void delete(Address observed, State state) {
        aws.delete(
                "ec2:ReleaseAddress",
                () -> aws.clients().ec2().releaseAddress(r -> r.allocationId(observed.allocationId())));
    }
}
