/** The control plane: cluster, its upgrades one minor version at a time, and who may administer it. */
@NullMarked
package io.osmo.backend.aws.internal.cluster;

import org.jspecify.annotations.NullMarked;
