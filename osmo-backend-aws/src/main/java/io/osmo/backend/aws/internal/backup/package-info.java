/** AWS Backup of the cluster's data (ST-3). */
@NullMarked
package io.osmo.backend.aws.internal.backup;

import org.jspecify.annotations.NullMarked;
