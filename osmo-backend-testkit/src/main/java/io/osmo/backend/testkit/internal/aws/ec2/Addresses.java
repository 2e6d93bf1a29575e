// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** Elastic IP addresses. */
final class Addresses {
    private final Ec2 ec2;
    private final Query<Address> query;

    Addresses(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<Address>(ec2, "allocation-id", Address::allocationId)
                .attribute("association-id", Address::associationId)
                .attribute("public-ip", Address::publicIp)
                .attribute("domain", Address::domainAsString);
    }

    AllocateAddressResponse allocateAddress(AllocateAddressRequest r) {
        if (ec2.addresses.size() >= ec2.account.quota(AwsQuotas.ADDRESSES)) {
            throw Ec2Errors.of("AddressLimitExceeded", "The maximum number of addresses has been reached.");
        }
        var tags = ResourceTags.requested("elastic-ip", r.tagSpecifications());
        String id = ec2.account.newId("eipalloc");
        ec2.tags.put(id, tags);
        int number = Integer.parseInt(ec2.account.hex(4), 16);
        Address address = ec2.addresses.put(
                id,
                Address.builder()
                        .allocationId(id)
                        .domain(DomainType.VPC)
                        .publicIp("198.51." + number / 256 + "." + number % 256)
                        .publicIpv4Pool("amazon")
                        .networkBorderGroup(ec2.region)
                        .build());
        return AllocateAddressResponse.builder()
                .allocationId(id)
                .publicIp(address.publicIp())
                .domain(DomainType.VPC)
                .publicIpv4Pool("amazon")
                .networkBorderGroup(ec2.region)
                .build();
    }

    DescribeAddressesResponse describeAddresses(DescribeAddressesRequest r) {
        // DescribeAddresses does not page.
        List<Address> all = new ArrayList<>();
        String token = null;
        do {
            Page<Address> page = query.page(ec2.addresses, r.allocationIds(), r.filters(), null, token);
            all.addAll(page.items());
            token = page.next();
        } while (token != null);
        return DescribeAddressesResponse.builder()
                .addresses(all.stream()
                        .map(a -> a.toBuilder()
                                .tags(ec2.tags.of(a.allocationId()))
                                .build())
                        .toList())
                .build();
    }

    ReleaseAddressResponse releaseAddress(ReleaseAddressRequest r) {
        Address address = ec2.addresses.get(r.allocationId());
        if (address.associationId() != null) {
            throw Ec2Errors.of("InvalidIPAddress.InUse", "Address " + address.publicIp() + " is in use.");
        }
        ec2.addresses.remove(r.allocationId());
        ec2.tags.remove(r.allocationId());
        return ReleaseAddressResponse.builder().build();
    }
}
