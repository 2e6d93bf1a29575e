// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue;

import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalogue.controlplane.ApiServices;
import io.osmo.backend.verify.internal.catalogue.controlplane.Autopilot;
import io.osmo.backend.verify.internal.catalogue.controlplane.CredentialsAdmin;
import io.osmo.backend.verify.internal.catalogue.controlplane.EndpointReachable;
import io.osmo.backend.verify.internal.catalogue.controlplane.EtcdEncryption;
import io.osmo.backend.verify.internal.catalogue.controlplane.HighAvailability;
import io.osmo.backend.verify.internal.catalogue.controlplane.IdentityUid;
import io.osmo.backend.verify.internal.catalogue.controlplane.KubeletSkew;
import io.osmo.backend.verify.internal.catalogue.controlplane.ManagedService;
import io.osmo.backend.verify.internal.catalogue.controlplane.NameLength;
import io.osmo.backend.verify.internal.catalogue.controlplane.ServiceCidrOverlap;
import io.osmo.backend.verify.internal.catalogue.controlplane.StatusActive;
import io.osmo.backend.verify.internal.catalogue.controlplane.SubnetAzSpread;
import io.osmo.backend.verify.internal.catalogue.controlplane.VersionMin;
import io.osmo.backend.verify.internal.catalogue.controlplane.VersionPin;
import io.osmo.backend.verify.internal.catalogue.controlplane.VersionSupported;
import io.osmo.backend.verify.internal.catalogue.controlplane.VersionValidated;
import io.osmo.backend.verify.internal.catalogue.gpu.AksDriverNone;
import io.osmo.backend.verify.internal.catalogue.gpu.Allocatable;
import io.osmo.backend.verify.internal.catalogue.gpu.CountMatches;
import io.osmo.backend.verify.internal.catalogue.gpu.GkePluginDisabled;
import io.osmo.backend.verify.internal.catalogue.gpu.GkeResourceQuota;
import io.osmo.backend.verify.internal.catalogue.gpu.MigMode;
import io.osmo.backend.verify.internal.catalogue.gpu.NodeSoftware;
import io.osmo.backend.verify.internal.catalogue.gpu.OperatorInstalled;
import io.osmo.backend.verify.internal.catalogue.gpu.OperatorVersion;
import io.osmo.backend.verify.internal.catalogue.gpu.PoolExists;
import io.osmo.backend.verify.internal.catalogue.gpu.PresentLabel;
import io.osmo.backend.verify.internal.catalogue.gpu.RuntimeClass;
import io.osmo.backend.verify.internal.catalogue.gpu.Sharing;
import io.osmo.backend.verify.internal.catalogue.gpu.SingleDevicePlugin;
import io.osmo.backend.verify.internal.catalogue.gpu.Taint;
import io.osmo.backend.verify.internal.catalogue.kai.Crds;
import io.osmo.backend.verify.internal.catalogue.kai.InstalledNotOrphan;
import io.osmo.backend.verify.internal.catalogue.kai.Order;
import io.osmo.backend.verify.internal.catalogue.kai.PriorityClasses;
import io.osmo.backend.verify.internal.catalogue.kai.QueueNameLength;
import io.osmo.backend.verify.internal.catalogue.kai.QueueParent;
import io.osmo.backend.verify.internal.catalogue.kai.SchedulerFlag;
import io.osmo.backend.verify.internal.catalogue.kai.SchedulerName;
import io.osmo.backend.verify.internal.catalogue.kai.ShardCoversNodes;
import io.osmo.backend.verify.internal.catalogue.kai.TopologyCrd;
import io.osmo.backend.verify.internal.catalogue.kai.Version;
import io.osmo.backend.verify.internal.catalogue.kai.WebhookHealth;
import io.osmo.backend.verify.internal.catalogue.network.ApiAuthorizedRanges;
import io.osmo.backend.verify.internal.catalogue.network.DefaultDeny;
import io.osmo.backend.verify.internal.catalogue.network.DnsEndpoints;
import io.osmo.backend.verify.internal.catalogue.network.EgressRoute;
import io.osmo.backend.verify.internal.catalogue.network.EksLbSg;
import io.osmo.backend.verify.internal.catalogue.network.Ipv6;
import io.osmo.backend.verify.internal.catalogue.network.NodePodOverlap;
import io.osmo.backend.verify.internal.catalogue.network.PolicyCidrs;
import io.osmo.backend.verify.internal.catalogue.network.PolicyDns;
import io.osmo.backend.verify.internal.catalogue.network.PolicySupport;
import io.osmo.backend.verify.internal.catalogue.network.ServiceUrlShape;
import io.osmo.backend.verify.internal.catalogue.network.Vpc;
import io.osmo.backend.verify.internal.catalogue.node.AllocatableKeys;
import io.osmo.backend.verify.internal.catalogue.node.HostnameLabel;
import io.osmo.backend.verify.internal.catalogue.node.KaiShardLabel;
import io.osmo.backend.verify.internal.catalogue.node.PodsCapacity;
import io.osmo.backend.verify.internal.catalogue.node.Pressure;
import io.osmo.backend.verify.internal.catalogue.node.Problems;
import io.osmo.backend.verify.internal.catalogue.node.Ready;
import io.osmo.backend.verify.internal.catalogue.node.Scope;
import io.osmo.backend.verify.internal.catalogue.node.TaintEffects;
import io.osmo.backend.verify.internal.catalogue.node.TransientTaints;
import io.osmo.backend.verify.internal.catalogue.node.UnitsParsable;
import io.osmo.backend.verify.internal.catalogue.operator.DeploymentsAvailable;
import io.osmo.backend.verify.internal.catalogue.operator.EphemeralMetrics;
import io.osmo.backend.verify.internal.catalogue.operator.HelmRelease;
import io.osmo.backend.verify.internal.catalogue.operator.LogScan;
import io.osmo.backend.verify.internal.catalogue.operator.LoginMethod;
import io.osmo.backend.verify.internal.catalogue.operator.NamespaceLimits;
import io.osmo.backend.verify.internal.catalogue.operator.NamespaceQuotas;
import io.osmo.backend.verify.internal.catalogue.operator.Namespaces;
import io.osmo.backend.verify.internal.catalogue.operator.NodePrefix;
import io.osmo.backend.verify.internal.catalogue.operator.OnOperatorNodes;
import io.osmo.backend.verify.internal.catalogue.operator.PodMonitorCrd;
import io.osmo.backend.verify.internal.catalogue.operator.Resources;
import io.osmo.backend.verify.internal.catalogue.operator.Restarts;
import io.osmo.backend.verify.internal.catalogue.operator.ServiceUrl;
import io.osmo.backend.verify.internal.catalogue.operator.SingleInstance;
import io.osmo.backend.verify.internal.catalogue.operator.StartupProbe;
import io.osmo.backend.verify.internal.catalogue.operator.TestNamespace;
import io.osmo.backend.verify.internal.catalogue.operator.TokenAccepted;
import io.osmo.backend.verify.internal.catalogue.operator.TokenFormat;
import io.osmo.backend.verify.internal.catalogue.operator.TokenMatch;
import io.osmo.backend.verify.internal.catalogue.operator.TokenSecret;
import io.osmo.backend.verify.internal.catalogue.operator.VersionMatch;
import io.osmo.backend.verify.internal.catalogue.osmo.ApiVersion;
import io.osmo.backend.verify.internal.catalogue.osmo.BackendNamespace;
import io.osmo.backend.verify.internal.catalogue.osmo.BackendRegistered;
import io.osmo.backend.verify.internal.catalogue.osmo.BackendUid;
import io.osmo.backend.verify.internal.catalogue.osmo.HeartbeatAdvancing;
import io.osmo.backend.verify.internal.catalogue.osmo.PoolBound;
import io.osmo.backend.verify.internal.catalogue.osmo.PoolDefaultPlatform;
import io.osmo.backend.verify.internal.catalogue.osmo.PoolOnline;
import io.osmo.backend.verify.internal.catalogue.osmo.Queues;
import io.osmo.backend.verify.internal.catalogue.osmo.ResourceTotals;
import io.osmo.backend.verify.internal.catalogue.osmo.ResourcesReported;
import io.osmo.backend.verify.internal.catalogue.osmo.RouterAddress;
import io.osmo.backend.verify.internal.catalogue.osmo.UserPoolAccess;
import io.osmo.backend.verify.internal.catalogue.pool.AutoscalerPresent;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeAcceleratorMapping;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeAutoscaling;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeExists;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeInstanceTypeRetired;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeIsolation;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeLabel;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeSize;
import io.osmo.backend.verify.internal.catalogue.pool.ComputeTaint;
import io.osmo.backend.verify.internal.catalogue.pool.Health;
import io.osmo.backend.verify.internal.catalogue.pool.IsolationFromOperator;
import io.osmo.backend.verify.internal.catalogue.pool.NodeImageNewest;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorAutoscaling;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorCapacity;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorDisk;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorExists;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorFitsOperator;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorInstanceType;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorLabel;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorLabelPersistent;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorMinReady;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorNoGpu;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorTaint;
import io.osmo.backend.verify.internal.catalogue.pool.OperatorTaintTolerated;
import io.osmo.backend.verify.internal.catalogue.pool.Quota;
import io.osmo.backend.verify.internal.catalogue.pool.ScaleFromZeroTemplate;
import io.osmo.backend.verify.internal.catalogue.pool.SpotTaint;
import io.osmo.backend.verify.internal.catalogue.pool.SystemWorkloadsHome;
import io.osmo.backend.verify.internal.catalogue.pool.UsableForTasks;
import io.osmo.backend.verify.internal.catalogue.pool.ZoneSpread;
import io.osmo.backend.verify.internal.catalogue.registry.PullSecret;
import io.osmo.backend.verify.internal.catalogue.registry.PullSecretAttached;
import io.osmo.backend.verify.internal.catalogue.registry.TagPinned;
import io.osmo.backend.verify.internal.catalogue.runtime.Arch;
import io.osmo.backend.verify.internal.catalogue.runtime.Containerd;
import io.osmo.backend.verify.internal.catalogue.runtime.Containerd2Gpu;
import io.osmo.backend.verify.internal.catalogue.runtime.ContainerdCve;
import io.osmo.backend.verify.internal.catalogue.runtime.ContainerdVersion;
import io.osmo.backend.verify.internal.catalogue.runtime.OsImage;
import io.osmo.backend.verify.internal.catalogue.security.AdmissionPolicies;
import io.osmo.backend.verify.internal.catalogue.security.OperatorRights;
import io.osmo.backend.verify.internal.catalogue.security.PodSecurity;
import io.osmo.backend.verify.internal.catalogue.security.PodWebhooks;
import io.osmo.backend.verify.internal.catalogue.security.PolicyEngines;
import io.osmo.backend.verify.internal.catalogue.security.RbacLeastPrivilege;
import io.osmo.backend.verify.internal.catalogue.security.SidecarInjection;
import io.osmo.backend.verify.internal.catalogue.security.TlsApiServer;
import io.osmo.backend.verify.internal.catalogue.security.TlsServiceUrl;
import io.osmo.backend.verify.internal.catalogue.security.TokenExposure;
import io.osmo.backend.verify.internal.catalogue.security.WorkloadIdentity;
import io.osmo.backend.verify.internal.catalogue.storage.Backup;
import io.osmo.backend.verify.internal.catalogue.storage.CloudNative;
import io.osmo.backend.verify.internal.catalogue.storage.CsiDriver;
import io.osmo.backend.verify.internal.catalogue.storage.DefaultClass;
import io.osmo.backend.verify.internal.catalogue.storage.EmptyClassTrap;
import io.osmo.backend.verify.internal.catalogue.storage.Encryption;
import io.osmo.backend.verify.internal.catalogue.storage.Ephemeral;
import io.osmo.backend.verify.internal.catalogue.storage.NodeDisks;
import io.osmo.backend.verify.internal.catalogue.storage.ReclaimExpand;
import io.osmo.backend.verify.internal.catalogue.storage.Rwx;
import java.util.List;
import java.util.stream.Stream;

/**
 * All checks that come with this library, in the order in which reports show them. A new check is one line here, or in {@link
 * ProbeCatalogue}.
 */
public final class StandardCatalogue {
    private StandardCatalogue() {}

    public static List<Check> checks() {
        return Stream.of(
                        controlPlane(),
                        operatorPool(),
                        computePools(),
                        runtime(),
                        nodes(),
                        network(),
                        storage(),
                        registry(),
                        security(),
                        gpu(),
                        operator(),
                        kai(),
                        osmo(),
                        ProbeCatalogue.checks())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Check> controlPlane() {
        return List.of(
                new ManagedService(),
                new StatusActive(),
                new VersionMin(),
                new VersionSupported(),
                new VersionValidated(),
                new VersionPin(),
                new KubeletSkew(),
                new HighAvailability(),
                new SubnetAzSpread(),
                new EtcdEncryption(),
                new ServiceCidrOverlap(),
                new IdentityUid(),
                new Autopilot(),
                new EndpointReachable(),
                new ApiServices(),
                new CredentialsAdmin(),
                new NameLength());
    }

    private static List<Check> operatorPool() {
        return List.of(
                new OperatorExists(),
                new OperatorMinReady(),
                OperatorCapacity.operatorCpu(),
                OperatorCapacity.operatorMemory(),
                new OperatorDisk(),
                OperatorCapacity.operatorDiskAllocatable(),
                new OperatorNoGpu(),
                new OperatorInstanceType(),
                new OperatorAutoscaling(),
                new OperatorLabelPersistent(),
                new OperatorLabel(),
                new OperatorTaint(),
                new OperatorTaintTolerated(),
                new OperatorFitsOperator(),
                new IsolationFromOperator(),
                new ZoneSpread());
    }

    private static List<Check> computePools() {
        return List.of(
                new ComputeExists(),
                new ComputeLabel(),
                new ComputeAutoscaling(),
                new ComputeSize(),
                UsableForTasks.computeUsableCpu(),
                UsableForTasks.computeUsableStorage(),
                new ComputeTaint(),
                new ComputeIsolation(),
                new ComputeInstanceTypeRetired(),
                new NodeImageNewest(),
                new ComputeAcceleratorMapping(),
                new AutoscalerPresent(),
                new ScaleFromZeroTemplate(),
                new SpotTaint(),
                new Health(),
                new Quota(),
                new SystemWorkloadsHome());
    }

    private static List<Check> runtime() {
        return List.of(
                new Containerd(),
                new ContainerdVersion(),
                new ContainerdCve(),
                new Containerd2Gpu(),
                new OsImage(),
                new Arch());
    }

    private static List<Check> nodes() {
        return List.of(
                new Scope(),
                new Ready(),
                new HostnameLabel(),
                new AllocatableKeys(),
                new Pressure(),
                new Problems(),
                new UnitsParsable(),
                new TransientTaints(),
                new TaintEffects(),
                new KaiShardLabel(),
                new PodsCapacity());
    }

    private static List<Check> network() {
        return List.of(
                new Vpc(),
                new EgressRoute(),
                new NodePodOverlap(),
                new ServiceUrlShape(),
                new ApiAuthorizedRanges(),
                new DnsEndpoints(),
                new PolicySupport(),
                new PolicyCidrs(),
                new PolicyDns(),
                new DefaultDeny(),
                new EksLbSg(),
                new Ipv6());
    }

    private static List<Check> storage() {
        return List.of(
                new DefaultClass(),
                new CloudNative(),
                new CsiDriver(),
                new Encryption(),
                new NodeDisks(),
                new Backup(),
                new ReclaimExpand(),
                new EmptyClassTrap(),
                new Rwx(),
                new Ephemeral());
    }

    private static List<Check> registry() {
        return List.of(new PullSecret(), new PullSecretAttached(), new TagPinned());
    }

    private static List<Check> security() {
        return List.of(
                new TlsApiServer(),
                new TlsServiceUrl(),
                PodSecurity.psaWorkflowNamespace(),
                PodSecurity.psaAgentNamespace(),
                new PolicyEngines(),
                new PodWebhooks(),
                new AdmissionPolicies(),
                new SidecarInjection(),
                OperatorRights.rbacWorker(),
                OperatorRights.rbacListener(),
                new RbacLeastPrivilege(),
                new WorkloadIdentity(),
                new TokenExposure());
    }

    private static List<Check> gpu() {
        return List.of(
                new PoolExists(),
                new Allocatable(),
                new Taint(),
                new PresentLabel(),
                new OperatorInstalled(),
                new OperatorVersion(),
                new SingleDevicePlugin(),
                new AksDriverNone(),
                new GkePluginDisabled(),
                new GkeResourceQuota(),
                new RuntimeClass(),
                NodeSoftware.driverVersion(),
                NodeSoftware.cudaVersion(),
                new CountMatches(),
                new MigMode(),
                new Sharing());
    }

    private static List<Check> operator() {
        return List.of(
                new Namespaces(),
                new NamespaceQuotas(),
                new NamespaceLimits(),
                new TokenSecret(),
                new TokenFormat(),
                new LoginMethod(),
                new DeploymentsAvailable(),
                new Restarts(),
                new OnOperatorNodes(),
                new ServiceUrl(),
                new Resources(),
                new StartupProbe(),
                new SingleInstance(),
                new NodePrefix(),
                new TestNamespace(),
                new HelmRelease(),
                new LogScan(),
                new PodMonitorCrd(),
                new EphemeralMetrics());
    }

    private static List<Check> kai() {
        return List.of(
                new PriorityClasses(),
                new Crds(),
                new TopologyCrd(),
                new InstalledNotOrphan(),
                new Version(),
                SchedulerFlag.flagStaleness(),
                SchedulerFlag.flagEvictionCondition(),
                new SchedulerName(),
                new WebhookHealth(),
                new ShardCoversNodes(),
                new Order(),
                new QueueParent(),
                new QueueNameLength());
    }

    /** In the order in which a backend comes online: a report ends with the first of them that does not hold. */
    private static List<Check> osmo() {
        return List.of(
                new ApiVersion(),
                new TokenAccepted(),
                new TokenMatch(),
                new BackendRegistered(),
                new BackendUid(),
                new BackendNamespace(),
                new VersionMatch(),
                new HeartbeatAdvancing(),
                new PoolBound(),
                new PoolOnline(),
                new PoolDefaultPlatform(),
                new Queues(),
                new ResourcesReported(),
                new ResourceTotals(),
                new RouterAddress(),
                new UserPoolAccess());
    }
}
