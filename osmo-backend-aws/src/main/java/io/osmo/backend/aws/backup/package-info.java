/** AWS Backup of the cluster's data (ST-3). */
@NullMarked
package io.osmo.backend.aws.backup;

import org.jspecify.annotations.NullMarked;
