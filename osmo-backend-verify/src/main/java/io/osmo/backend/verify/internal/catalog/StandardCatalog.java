// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalog.controlplane.ApiServices;
import io.osmo.backend.verify.internal.catalog.controlplane.Autopilot;
import io.osmo.backend.verify.internal.catalog.controlplane.CredentialsAdmin;
import io.osmo.backend.verify.internal.catalog.controlplane.EndpointReachable;
import io.osmo.backend.verify.internal.catalog.controlplane.EtcdEncryption;
import io.osmo.backend.verify.internal.catalog.controlplane.HighAvailability;
import io.osmo.backend.verify.internal.catalog.controlplane.IdentityUid;
import io.osmo.backend.verify.internal.catalog.controlplane.KubeletSkew;
import io.osmo.backend.verify.internal.catalog.controlplane.ManagedService;
import io.osmo.backend.verify.internal.catalog.controlplane.NameLength;
import io.osmo.backend.verify.internal.catalog.controlplane.ServiceCidrOverlap;
import io.osmo.backend.verify.internal.catalog.controlplane.StatusActive;
import io.osmo.backend.verify.internal.catalog.controlplane.SubnetAzSpread;
import io.osmo.backend.verify.internal.catalog.controlplane.VersionMin;
import io.osmo.backend.verify.internal.catalog.controlplane.VersionPin;
import io.osmo.backend.verify.internal.catalog.controlplane.VersionSupported;
import io.osmo.backend.verify.internal.catalog.controlplane.VersionValidated;
import io.osmo.backend.verify.internal.catalog.gpu.AksDriverNone;
import io.osmo.backend.verify.internal.catalog.gpu.Allocatable;
import io.osmo.backend.verify.internal.catalog.gpu.CountMatches;
import io.osmo.backend.verify.internal.catalog.gpu.GkePluginDisabled;
import io.osmo.backend.verify.internal.catalog.gpu.GkeResourceQuota;
import io.osmo.backend.verify.internal.catalog.gpu.MigMode;
import io.osmo.backend.verify.internal.catalog.gpu.NodeSoftware;
import io.osmo.backend.verify.internal.catalog.gpu.OperatorInstalled;
import io.osmo.backend.verify.internal.catalog.gpu.OperatorVersion;
import io.osmo.backend.verify.internal.catalog.gpu.PoolExists;
import io.osmo.backend.verify.internal.catalog.gpu.PresentLabel;
import io.osmo.backend.verify.internal.catalog.gpu.RuntimeClass;
import io.osmo.backend.verify.internal.catalog.gpu.Sharing;
import io.osmo.backend.verify.internal.catalog.gpu.SingleDevicePlugin;
import io.osmo.backend.verify.internal.catalog.gpu.Taint;
import io.osmo.backend.verify.internal.catalog.kai.Crds;
import io.osmo.backend.verify.internal.catalog.kai.InstalledNotOrphan;
import io.osmo.backend.verify.internal.catalog.kai.Order;
import io.osmo.backend.verify.internal.catalog.kai.PriorityClasses;
import io.osmo.backend.verify.internal.catalog.kai.QueueNameLength;
import io.osmo.backend.verify.internal.catalog.kai.QueueParent;
import io.osmo.backend.verify.internal.catalog.kai.SchedulerFlag;
import io.osmo.backend.verify.internal.catalog.kai.SchedulerName;
import io.osmo.backend.verify.internal.catalog.kai.ShardCoversNodes;
import io.osmo.backend.verify.internal.catalog.kai.TopologyCrd;
import io.osmo.backend.verify.internal.catalog.kai.Version;
import io.osmo.backend.verify.internal.catalog.kai.WebhookHealth;
import io.osmo.backend.verify.internal.catalog.network.ApiAuthorizedRanges;
import io.osmo.backend.verify.internal.catalog.network.DefaultDeny;
import io.osmo.backend.verify.internal.catalog.network.DnsEndpoints;
import io.osmo.backend.verify.internal.catalog.network.EgressRoute;
import io.osmo.backend.verify.internal.catalog.network.EksLbSg;
import io.osmo.backend.verify.internal.catalog.network.Ipv6;
import io.osmo.backend.verify.internal.catalog.network.NodePodOverlap;
import io.osmo.backend.verify.internal.catalog.network.PolicyCidrs;
import io.osmo.backend.verify.internal.catalog.network.PolicyDns;
import io.osmo.backend.verify.internal.catalog.network.PolicySupport;
import io.osmo.backend.verify.internal.catalog.network.ServiceUrlShape;
import io.osmo.backend.verify.internal.catalog.network.Vpc;
import io.osmo.backend.verify.internal.catalog.node.AllocatableKeys;
import io.osmo.backend.verify.internal.catalog.node.HostnameLabel;
import io.osmo.backend.verify.internal.catalog.node.KaiShardLabel;
import io.osmo.backend.verify.internal.catalog.node.PodsCapacity;
import io.osmo.backend.verify.internal.catalog.node.Pressure;
import io.osmo.backend.verify.internal.catalog.node.Problems;
import io.osmo.backend.verify.internal.catalog.node.Ready;
import io.osmo.backend.verify.internal.catalog.node.Scope;
import io.osmo.backend.verify.internal.catalog.node.TaintEffects;
import io.osmo.backend.verify.internal.catalog.node.TransientTaints;
import io.osmo.backend.verify.internal.catalog.node.UnitsParsable;
import io.osmo.backend.verify.internal.catalog.operator.DeploymentsAvailable;
import io.osmo.backend.verify.internal.catalog.operator.EphemeralMetrics;
import io.osmo.backend.verify.internal.catalog.operator.HelmRelease;
import io.osmo.backend.verify.internal.catalog.operator.LogScan;
import io.osmo.backend.verify.internal.catalog.operator.LoginMethod;
import io.osmo.backend.verify.internal.catalog.operator.NamespaceLimits;
import io.osmo.backend.verify.internal.catalog.operator.NamespaceQuotas;
import io.osmo.backend.verify.internal.catalog.operator.Namespaces;
import io.osmo.backend.verify.internal.catalog.operator.NodePrefix;
import io.osmo.backend.verify.internal.catalog.operator.OnOperatorNodes;
import io.osmo.backend.verify.internal.catalog.operator.PodMonitorCrd;
import io.osmo.backend.verify.internal.catalog.operator.Resources;
import io.osmo.backend.verify.internal.catalog.operator.Restarts;
import io.osmo.backend.verify.internal.catalog.operator.ServiceUrl;
import io.osmo.backend.verify.internal.catalog.operator.SingleInstance;
import io.osmo.backend.verify.internal.catalog.operator.StartupProbe;
import io.osmo.backend.verify.internal.catalog.operator.TestNamespace;
import io.osmo.backend.verify.internal.catalog.operator.TokenAccepted;
import io.osmo.backend.verify.internal.catalog.operator.TokenFormat;
import io.osmo.backend.verify.internal.catalog.operator.TokenMatch;
import io.osmo.backend.verify.internal.catalog.operator.TokenSecret;
import io.osmo.backend.verify.internal.catalog.operator.VersionMatch;
import io.osmo.backend.verify.internal.catalog.osmo.ApiVersion;
import io.osmo.backend.verify.internal.catalog.osmo.BackendNamespace;
import io.osmo.backend.verify.internal.catalog.osmo.BackendRegistered;
import io.osmo.backend.verify.internal.catalog.osmo.BackendUid;
import io.osmo.backend.verify.internal.catalog.osmo.HeartbeatAdvancing;
import io.osmo.backend.verify.internal.catalog.osmo.PoolBound;
import io.osmo.backend.verify.internal.catalog.osmo.PoolDefaultPlatform;
import io.osmo.backend.verify.internal.catalog.osmo.PoolOnline;
import io.osmo.backend.verify.internal.catalog.osmo.Queues;
import io.osmo.backend.verify.internal.catalog.osmo.ResourceTotals;
import io.osmo.backend.verify.internal.catalog.osmo.ResourcesReported;
import io.osmo.backend.verify.internal.catalog.osmo.RouterAddress;
import io.osmo.backend.verify.internal.catalog.osmo.UserPoolAccess;
import io.osmo.backend.verify.internal.catalog.pool.AutoscalerPresent;
import io.osmo.backend.verify.internal.catalog.pool.ComputeAcceleratorMapping;
import io.osmo.backend.verify.internal.catalog.pool.ComputeAutoscaling;
import io.osmo.backend.verify.internal.catalog.pool.ComputeExists;
import io.osmo.backend.verify.internal.catalog.pool.ComputeInstanceTypeRetired;
import io.osmo.backend.verify.internal.catalog.pool.ComputeIsolation;
import io.osmo.backend.verify.internal.catalog.pool.ComputeLabel;
import io.osmo.backend.verify.internal.catalog.pool.ComputeSize;
import io.osmo.backend.verify.internal.catalog.pool.ComputeTaint;
import io.osmo.backend.verify.internal.catalog.pool.Health;
import io.osmo.backend.verify.internal.catalog.pool.IsolationFromOperator;
import io.osmo.backend.verify.internal.catalog.pool.NodeImageNewest;
import io.osmo.backend.verify.internal.catalog.pool.OperatorAutoscaling;
import io.osmo.backend.verify.internal.catalog.pool.OperatorCapacity;
import io.osmo.backend.verify.internal.catalog.pool.OperatorDisk;
import io.osmo.backend.verify.internal.catalog.pool.OperatorExists;
import io.osmo.backend.verify.internal.catalog.pool.OperatorFitsOperator;
import io.osmo.backend.verify.internal.catalog.pool.OperatorInstanceType;
import io.osmo.backend.verify.internal.catalog.pool.OperatorLabel;
import io.osmo.backend.verify.internal.catalog.pool.OperatorLabelPersistent;
import io.osmo.backend.verify.internal.catalog.pool.OperatorMinReady;
import io.osmo.backend.verify.internal.catalog.pool.OperatorNoGpu;
import io.osmo.backend.verify.internal.catalog.pool.OperatorTaint;
import io.osmo.backend.verify.internal.catalog.pool.OperatorTaintTolerated;
import io.osmo.backend.verify.internal.catalog.pool.Quota;
import io.osmo.backend.verify.internal.catalog.pool.ScaleFromZeroTemplate;
import io.osmo.backend.verify.internal.catalog.pool.SpotTaint;
import io.osmo.backend.verify.internal.catalog.pool.SystemWorkloadsHome;
import io.osmo.backend.verify.internal.catalog.pool.UsableForTasks;
import io.osmo.backend.verify.internal.catalog.pool.ZoneSpread;
import io.osmo.backend.verify.internal.catalog.registry.PullSecret;
import io.osmo.backend.verify.internal.catalog.registry.PullSecretAttached;
import io.osmo.backend.verify.internal.catalog.registry.TagPinned;
import io.osmo.backend.verify.internal.catalog.runtime.Arch;
import io.osmo.backend.verify.internal.catalog.runtime.Containerd;
import io.osmo.backend.verify.internal.catalog.runtime.Containerd2Gpu;
import io.osmo.backend.verify.internal.catalog.runtime.ContainerdCve;
import io.osmo.backend.verify.internal.catalog.runtime.ContainerdVersion;
import io.osmo.backend.verify.internal.catalog.runtime.OsImage;
import io.osmo.backend.verify.internal.catalog.security.AdmissionPolicies;
import io.osmo.backend.verify.internal.catalog.security.OperatorRights;
import io.osmo.backend.verify.internal.catalog.security.PodSecurity;
import io.osmo.backend.verify.internal.catalog.security.PodWebhooks;
import io.osmo.backend.verify.internal.catalog.security.PolicyEngines;
import io.osmo.backend.verify.internal.catalog.security.RbacLeastPrivilege;
import io.osmo.backend.verify.internal.catalog.security.SidecarInjection;
import io.osmo.backend.verify.internal.catalog.security.TlsApiServer;
import io.osmo.backend.verify.internal.catalog.security.TlsServiceUrl;
import io.osmo.backend.verify.internal.catalog.security.TokenExposure;
import io.osmo.backend.verify.internal.catalog.security.WorkloadIdentity;
import io.osmo.backend.verify.internal.catalog.storage.Backup;
import io.osmo.backend.verify.internal.catalog.storage.CloudNative;
import io.osmo.backend.verify.internal.catalog.storage.CsiDriver;
import io.osmo.backend.verify.internal.catalog.storage.DefaultClass;
import io.osmo.backend.verify.internal.catalog.storage.EmptyClassTrap;
import io.osmo.backend.verify.internal.catalog.storage.Encryption;
import io.osmo.backend.verify.internal.catalog.storage.Ephemeral;
import io.osmo.backend.verify.internal.catalog.storage.NodeDisks;
import io.osmo.backend.verify.internal.catalog.storage.ReclaimExpand;
import io.osmo.backend.verify.internal.catalog.storage.Rwx;
import java.util.List;
import java.util.stream.Stream;

/**
 * All checks that come with this library, in the order in which reports show them. A new check is one line here, or in {@link
 * ProbeCatalog}.
 */
public final class StandardCatalog {
    private StandardCatalog() {}

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
                        ProbeCatalog.checks())
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
