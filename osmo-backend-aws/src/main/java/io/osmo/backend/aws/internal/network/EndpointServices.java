// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.ServiceType;

/**
 * The services of AWS that a VPC may have private endpoints of; an attachment of the inventory where their names follow no rule. In
 * China some begin with {@code cn.com.amazonaws.}, others with {@code com.amazonaws.}, and S3 has one of each.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html">VPC: services that integrate
 *     with AWS PrivateLink</a>
 */
record EndpointServices(List<ServiceDetail> offered) {
    EndpointServices {
        offered = List.copyOf(offered);
    }

    /**
     * Name of the service in a region.
     *
     * @param service such as {@code ecr.api}
     * @param gateway whether the endpoint is a gateway in the route tables
     * @return empty when the region is known not to offer it
     */
    static Optional<String> name(String region, String service, boolean gateway, Inventory inventory) {
        Optional<EndpointServices> known = inventory.attachment(EndpointServices.class);
        return known.isEmpty()
                ? Optional.of("com.amazonaws." + region + "." + service)
                : known.get().find("." + region + "." + service, gateway ? ServiceType.GATEWAY : ServiceType.INTERFACE);
    }

    private Optional<String> find(String end, ServiceType type) {
        return offered.stream()
                .filter(each -> each.serviceName().endsWith("com.amazonaws" + end)
                        && each.serviceType().stream().anyMatch(kind -> kind.serviceType() == type))
                .map(ServiceDetail::serviceName)
                .findFirst();
    }
}
