/**
 * Microsoft.ContainerService: AKS clusters and their agent pools. {@code ManagedClusters} and {@code AgentPools} are the types of
 * resources; what they refuse, fill in, show and do is in classes named {@code Cluster…} and {@code Pool…}.
 */
@NullMarked
package io.osmo.backend.testkit.internal.azure.containerservice;

import org.jspecify.annotations.NullMarked;
