/**
 * What people set by variables of the environment, checked before anything else happens.
 */
@NullMarked
package io.flowforge.launcher.settings;

import org.jspecify.annotations.NullMarked;
