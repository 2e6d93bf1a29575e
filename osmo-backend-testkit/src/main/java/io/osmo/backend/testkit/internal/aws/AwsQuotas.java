// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import java.util.Map;

/**
 * Default limits of a new account by quota code, as the Service Quotas console shows them. In a real account those of GPU families
 * start at 0.
 */
public final class AwsQuotas {
    public static final String VPCS = "L-F678F1CE";
    public static final String ADDRESSES = "L-0263D0A3";
    public static final String NAT_GATEWAYS_PER_ZONE = "L-FE5A380F";
    public static final String INTERNET_GATEWAYS = "L-A4707A72";
    public static final String CLUSTERS = "L-1194D53C";
    public static final String NODE_GROUPS_PER_CLUSTER = "L-6D54EA21";
    /** In TiB. */
    public static final String GP3_STORAGE = "L-7A658B76";

    public static final String STANDARD_VCPUS = "L-1216C47A";
    public static final String G_VCPUS = "L-DB2E81BA";
    public static final String P_VCPUS = "L-417A185B";
    public static final String P_SPOT_VCPUS = "L-7212CCBC";
    public static final String G_SPOT_VCPUS = "L-3819A6DF";
    public static final String STANDARD_SPOT_VCPUS = "L-34B43A08";

    private static final Map<String, Double> DEFAULTS = Map.ofEntries(
            Map.entry(VPCS, 5.0),
            Map.entry(ADDRESSES, 5.0),
            Map.entry(NAT_GATEWAYS_PER_ZONE, 5.0),
            Map.entry(INTERNET_GATEWAYS, 5.0),
            Map.entry(CLUSTERS, 100.0),
            Map.entry(NODE_GROUPS_PER_CLUSTER, 30.0),
            Map.entry(GP3_STORAGE, 50.0),
            Map.entry(STANDARD_VCPUS, 640.0),
            Map.entry(G_VCPUS, 768.0),
            Map.entry(P_VCPUS, 1536.0),
            Map.entry(P_SPOT_VCPUS, 384.0),
            Map.entry(G_SPOT_VCPUS, 384.0),
            Map.entry(STANDARD_SPOT_VCPUS, 640.0));

    private AwsQuotas() {}

    /** The quota of spot machines that corresponds to one of on-demand machines. */
    public static String spot(String onDemand) {
        return switch (onDemand) {
            case P_VCPUS -> P_SPOT_VCPUS;
            case G_VCPUS -> G_SPOT_VCPUS;
            default -> STANDARD_SPOT_VCPUS;
        };
    }

    public static Map<String, Double> defaults() {
        return DEFAULTS;
    }

    public static double defaultValue(String code) {
        Double value = DEFAULTS.get(code);
        if (value == null) {
            throw new IllegalArgumentException("no such quota: " + code);
        }
        return value;
    }

    /** The code of the service that a quota belongs to. */
    public static String service(String code) {
        return switch (code) {
            case VPCS, NAT_GATEWAYS_PER_ZONE, INTERNET_GATEWAYS -> "vpc";
            case CLUSTERS, NODE_GROUPS_PER_CLUSTER -> "eks";
            case GP3_STORAGE -> "ebs";
            default -> "ec2";
        };
    }

    public static String name(String code) {
        return switch (code) {
            case VPCS -> "VPCs per Region";
            case ADDRESSES -> "EC2-VPC Elastic IPs";
            case NAT_GATEWAYS_PER_ZONE -> "NAT gateways per Availability Zone";
            case INTERNET_GATEWAYS -> "Internet gateways per Region";
            case CLUSTERS -> "Clusters";
            case NODE_GROUPS_PER_CLUSTER -> "Managed node groups per cluster";
            case GP3_STORAGE -> "Storage for General Purpose SSD (gp3) volumes, in TiB";
            case STANDARD_VCPUS -> "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances";
            case G_VCPUS -> "Running On-Demand G and VT instances";
            case P_VCPUS -> "Running On-Demand P instances";
            case P_SPOT_VCPUS -> "All P4, P3 and P2 Spot Instance Requests";
            case G_SPOT_VCPUS -> "All G and VT Spot Instance Requests";
            default -> "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests";
        };
    }
}
