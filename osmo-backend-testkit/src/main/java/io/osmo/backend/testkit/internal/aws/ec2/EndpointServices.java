// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.*;

/**
 * Services that a VPC may have endpoints of. In China some have another prefix, and there is none of EKS Auth.
 *
 * @see <a href="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts">AWS CDK: names of endpoint
 *     services by region</a>
 */
final class EndpointServices {
    private static final List<String> INTERFACES = List.of(
            "autoscaling",
            "ec2",
            "ecr.api",
            "ecr.dkr",
            "eks",
            "eks-auth",
            "elasticloadbalancing",
            "kms",
            "logs",
            "s3",
            "ssm",
            "sts");

    private static final List<String> GATEWAYS = List.of("dynamodb", "s3");

    /** Interfaces that keep the prefix of other partitions in China. */
    private static final Set<String> PLAIN_IN_CHINA = Set.of("elasticloadbalancing", "kms", "logs", "ssm");

    private static final Set<String> MISSING_IN_CHINA = Set.of("eks-auth");

    private final Ec2 ec2;

    EndpointServices(Ec2 ec2) {
        this.ec2 = ec2;
    }

    DescribeVpcEndpointServicesResponse describeVpcEndpointServices(DescribeVpcEndpointServicesRequest r) {
        Page<ServiceDetail> page = Page.of(all(ec2), r.maxResults(), r.nextToken(), ec2.account.pageSize());
        return DescribeVpcEndpointServicesResponse.builder()
                .serviceDetails(page.items())
                .serviceNames(
                        page.items().stream().map(ServiceDetail::serviceName).toList())
                .nextToken(page.next())
                .build();
    }

    static boolean offers(Ec2 ec2, String name, VpcEndpointType type) {
        return all(ec2).stream()
                .anyMatch(service -> service.serviceName().equals(name)
                        && service.serviceType().get(0).serviceTypeAsString().equals(type.toString()));
    }

    private static List<ServiceDetail> all(Ec2 ec2) {
        boolean china = ec2.account.partition().equals("aws-cn");
        List<ServiceDetail> all = new ArrayList<>();
        GATEWAYS.forEach(
                service -> all.add(detail("com.amazonaws." + ec2.region + "." + service, ServiceType.GATEWAY)));
        INTERFACES.stream()
                .filter(service -> !china || !MISSING_IN_CHINA.contains(service))
                .forEach(service -> all.add(detail(
                        (china && !PLAIN_IN_CHINA.contains(service) ? "cn.com.amazonaws." : "com.amazonaws.")
                                + ec2.region + "." + service,
                        ServiceType.INTERFACE)));
        return all;
    }

    private static ServiceDetail detail(String name, ServiceType type) {
        return ServiceDetail.builder()
                .serviceName(name)
                .serviceType(t -> t.serviceType(type))
                .owner("amazon")
                .build();
    }
}
